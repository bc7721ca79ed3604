/** What is pasted or dropped, as files. A folder is none, and its browser entry is the only thing that tells it from one. */
export interface Offered {
  files: File[];
  folders: number;
}

type Given = Pick<DataTransfer, 'items' | 'files'>;

export function offered({ items, files }: Given): Offered {
  const found: Offered = { files: [], folders: 0 };
  for (const item of items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory) found.folders += 1;
    else if (file) found.files.push(file);
  }
  // Some browsers list files that they give no item for.
  return found.files.length + found.folders > 0 ? found : { files: [...files], folders: 0 };
}

/** Whether something that is dragged has files at all: text and links have not. */
export const holdsFiles = ({ types }: Pick<DataTransfer, 'types'>): boolean => types.includes('Files');

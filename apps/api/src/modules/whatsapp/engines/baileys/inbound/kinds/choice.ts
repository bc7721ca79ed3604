import type { Reader } from './kind.js';

/** What somebody chose of the buttons, list or template that a business sent. */
export const readChoice: Reader<'choice'> = (message) => {
  const { buttonsResponseMessage: button, listResponseMessage: list } = message;
  const { templateButtonReplyMessage: template, interactiveResponseMessage: interactive } = message;
  if (button) return choice(button.selectedButtonId, button.selectedDisplayText);
  if (list) return choice(list.singleSelectReply?.selectedRowId, list.title);
  if (template) return choice(template.selectedId, template.selectedDisplayText);
  return interactive ? choice(interactive.nativeFlowResponseMessage?.name, interactive.body?.text) : undefined;
};

function choice(id: string | null | undefined, text: string | null | undefined): ReturnType<typeof readChoice> {
  const shown = text || id;
  return shown ? { kind: 'choice', id: id || shown, text: shown } : undefined;
}

import { useFormatter } from 'use-intl';

const KILOBYTE = 1024;
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The unit in which a number of bytes is told, and how many of it. */
function sizeIn(bytes: number): { value: number; unit: (typeof UNITS)[number] } {
  const power = bytes < KILOBYTE ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(KILOBYTE)));
  return { value: bytes / KILOBYTE ** power, unit: UNITS[power] ?? 'byte' };
}

/** As "1.4 MB". */
export function useSizeText(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const { value, unit } = sizeIn(bytes);
    const unitDisplay = unit === 'byte' ? 'long' : 'short';
    return format.number(value, { style: 'unit', unit, unitDisplay, maximumFractionDigits: value < 10 ? 1 : 0 });
  };
}

/** As "1:05", or "1:01:05". */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const end = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${end}` : end;
}

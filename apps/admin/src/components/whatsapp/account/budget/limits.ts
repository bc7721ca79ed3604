import type { Governor, GovernorChange, GovernorSettings } from '@trunkline/contracts';

export const NUMBERS = [
  'perDay',
  'firstContactsPerDay',
  'perMinute',
  'firstContactsPerHour',
  'burst',
  'firstContactBurst',
] as const;

export type Choice = Governor['choices'][number];

/** What the profile that is chosen has by itself, and allows. */
export const choiceOf = ({ choices }: Governor, profile: Choice['profile']): Choice =>
  choices.find((choice) => choice.profile === profile) ?? choices[0]!;

/** As the form holds it: what is empty is as the profile says. */
export type Draft = Record<(typeof NUMBERS)[number], string> & {
  profile: GovernorChange['profile'];
  quiet: boolean;
  from: string;
  to: string;
  timeZone: string;
  numberSince: string;
  /** The profile's own, so that hours like those are not kept as a setting. */
  defaultHours: Choice['defaults']['quietHours'];
};

export function draftOf(governor: Governor): Draft {
  const { profile, settings } = governor;
  const { quietHours } = choiceOf(governor, profile).defaults;
  const numbers = NUMBERS.map((key) => [key, settings[key] === undefined ? '' : String(settings[key])]);
  return {
    ...(Object.fromEntries(numbers) as Record<(typeof NUMBERS)[number], string>),
    profile,
    ...hoursOf(settings.quietHours === undefined ? quietHours : settings.quietHours),
    timeZone: settings.timeZone ?? '',
    numberSince: settings.numberSince ?? '',
    defaultHours: quietHours,
  };
}

/** Another profile: hours that were as the old one says become those of the new one. */
export function withProfile(draft: Draft, governor: Governor, profile: Choice['profile']): Partial<Draft> {
  const { quietHours } = choiceOf(governor, profile).defaults;
  const own = ownHours(draft) !== undefined;
  return { profile, defaultHours: quietHours, ...(!own && hoursOf(quietHours)) };
}

/** Only what differs from the profile. */
export function settingsOf(draft: Draft): GovernorSettings {
  const numbers = NUMBERS.filter((key) => draft[key].trim() !== '').map((key) => [key, Number(draft[key])]);
  const hours = ownHours(draft);
  return {
    ...(Object.fromEntries(numbers) as GovernorSettings),
    ...(hours !== undefined && { quietHours: hours }),
    ...(draft.timeZone.trim() && { timeZone: draft.timeZone.trim() }),
    ...(draft.numberSince && { numberSince: draft.numberSince }),
  };
}

type Hours = Choice['defaults']['quietHours'];

const hoursOf = (hours: Hours) => ({ quiet: hours !== null, from: hours?.from ?? '21:00', to: hours?.to ?? '08:00' });

/** Undefined: as the profile says. */
function ownHours({ quiet, from, to, defaultHours }: Draft): Hours | undefined {
  const hours = quiet ? { from, to } : null;
  const same = hours?.from === defaultHours?.from && hours?.to === defaultHours?.to;
  return same ? undefined : hours;
}

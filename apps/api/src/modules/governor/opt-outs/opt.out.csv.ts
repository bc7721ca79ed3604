import type { Network } from '@trunkline/contracts';
import { parse } from 'csv-parse/sync';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { ProblemError } from '../../../errors/problem.js';
import { parsePhone } from '../../whatsapp/contacts/phone.js';
import { parseJid, type PersonAddress, phoneDigits } from '../../whatsapp/jid.js';

export interface ListedPerson {
  /** Of the file, from 1. */
  row: number;
  value: string;
  note: string | null;
  /** Undefined: it is none of a person of this network. */
  person: PersonAddress | undefined;
}

const HEADINGS = ['phone', 'phone number', 'phonenumber', 'number', 'mobile', 'whatsapp', 'lid', 'to'];

/**
 * Reads a list of people: comma, semicolon or tab, with or without a heading. Of several columns with addresses the first that
 * has one counts. Our own export names those, too, who are off the list again (`lifted`): they are not read.
 */
export function readOptOutCsv(network: Network, csv: string, country: string | undefined): ListedPerson[] {
  if (country !== undefined && !isSupportedCountry(country)) {
    const message = `There is no country ${country}.`;
    throw new ProblemError('validation_failed', message, [{ field: 'country', message }]);
  }
  const rows = parseRows(csv);
  const heading = rows[0]?.map((cell) => cell.toLowerCase()) ?? [];
  const named = heading.flatMap((cell, column) => (HEADINGS.includes(cell) ? [column] : []));
  const [addresses, skipped] = named.length > 0 ? [named, 1] : [[0], 0];
  const cellOf = (cells: string[], name: string) => (skipped > 0 && cells[heading.indexOf(name)]) || null;
  return rows.slice(skipped).flatMap((cells, place) => {
    if (cellOf(cells, 'lifted')) return [];
    const value = addresses.map((column) => cells[column]).find((cell) => cell) ?? '';
    const person = personOf(network, value, country as CountryCode | undefined);
    return [{ row: place + 1 + skipped, value, note: cellOf(cells, 'note'), person }];
  });
}

function parseRows(csv: string): string[][] {
  try {
    return parse(csv, {
      bom: true,
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    });
  } catch (error) {
    const message = `This is no CSV file: ${(error as Error).message}`;
    throw new ProblemError('validation_failed', message, [{ field: 'csv', message }]);
  }
}

/** Our own export puts an apostrophe before a plus, so that no spreadsheet takes the number for a formula. */
function personOf(network: Network, cell: string, country: CountryCode | undefined): PersonAddress | undefined {
  const value = cell.replace(/^'/, '');
  const address = parseJid(value);
  if (address.kind === 'lid') return { phone: null, lid: address.lid };
  const national = country && !value.startsWith('+') ? parsePhoneNumberFromString(value, country) : undefined;
  const text = national?.isValid() ? national.number : value;
  if (!/^[+\d\s().-]+$/.test(text) || phoneDigits(text).length === 0) return undefined;
  const phone = parsePhone(network, text);
  return phone && { phone, lid: null };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmationIn } from './confirmation.js';
import { LANGUAGES, readWord } from './words.js';

describe('the words of opting out', () => {
  it.each([
    ['STOP', 'stop', 'en'],
    [' stop. ', 'stop', 'en'],
    ['Stop!!! 🙏', 'stop', 'en'],
    ['opt-out', 'stop', 'en'],
    ['ＳＴＯＰ', 'stop', 'en'],
    ['Arret', 'stop', 'fr'],
    ['ARRÊT', 'stop', 'fr'],
    ['Berhenti', 'stop', 'id'],
    ['СТОП', 'stop', 'ru'],
    ['إيقاف', 'stop', 'ar'],
    ['बंद करो', 'stop', 'hi'],
    ['退订', 'stop', 'zh'],
    ['หยุด', 'stop', 'th'],
    ['DỪNG LẠI', 'stop', 'vi'],
    ['start', 'start', 'en'],
    ['Mulai', 'start', 'id'],
  ])('reads %s', (text, means, language) => {
    expect(readWord(text)).toEqual({ means, language });
  });

  it.each(['please do not stop', 'stop it, you', 'the bus stop', 'non-stop', 'restart', '', '🛑', 'yes', 'end'])(
    'takes %s for no word',
    (text) => expect(readWord(text)).toBeUndefined(),
  );

  it('reads whatever people write', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(fc.property(fc.string({ unit, maxLength: 70 }), (text) => void readWord(text)));
  });

  it('confirms in each language and says how to come back; a confirmation is no word itself', () => {
    for (const language of LANGUAGES) {
      expect(confirmationIn(language)).toContain('START');
      expect(readWord(confirmationIn(language))).toBeUndefined();
    }
  });
});

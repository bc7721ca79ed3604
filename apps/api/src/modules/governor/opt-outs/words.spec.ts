import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmationIn } from './confirmation.js';
import { LANGUAGES, readWord } from './words.js';

describe('the words of opting out', () => {
  const WRITTEN: [text: string, means: string, language: string][] = [
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
    ['Baja', 'stop', 'es'],
    ['sair', 'stop', 'pt'],
    ['Abmelden', 'stop', 'de'],
    ['Disiscrivimi', 'stop', 'it'],
    ['UITSCHRIJVEN', 'stop', 'nl'],
    ['Çık', 'stop', 'tr'],
    ['配信停止', 'stop', 'ja'],
    ['start', 'start', 'en'],
    ['Mulai', 'start', 'id'],
    ['Alta', 'start', 'es'],
    ['voltar', 'start', 'pt'],
    ['abonner', 'start', 'fr'],
    ['Anmelden', 'start', 'de'],
    ['iscrivimi', 'start', 'it'],
    ['Aanmelden', 'start', 'nl'],
    ['Başla', 'start', 'tr'],
    ['Старт', 'start', 'ru'],
    ['ابدأ', 'start', 'ar'],
    ['शुरू करें', 'start', 'hi'],
    ['Bắt đầu', 'start', 'vi'],
    ['订阅', 'start', 'zh'],
    ['再開', 'start', 'ja'],
    ['เริ่ม', 'start', 'th'],
  ];

  it('has words of both meanings for each language, and each is read here', () => {
    for (const means of ['stop', 'start']) {
      const read = new Set(WRITTEN.filter((each) => each[1] === means).map((each) => each[2]));
      expect([...read].sort()).toEqual([...LANGUAGES].sort());
    }
  });

  it.each(WRITTEN)('reads %s', (text, means, language) => {
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

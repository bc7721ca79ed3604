/**
 * The words by which people leave the list of recipients and come back, by language. A message counts when it is such a
 * word and nothing else: "stop" does, "please don't stop" does not. The English ones are those of the CTIA's handbook for
 * messaging, but for those that people say in a conversation, too ("end", "cancel", "yes").
 */
export const LANGUAGES = [
  'en',
  'id',
  'es',
  'pt',
  'fr',
  'de',
  'it',
  'nl',
  'tr',
  'ru',
  'ar',
  'hi',
  'vi',
  'zh',
  'ja',
  'th',
] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Word {
  means: 'stop' | 'start';
  language: Language;
}

const WORDS: Record<Language, Record<Word['means'], readonly string[]>> = {
  en: {
    stop: ['stop', 'stopall', 'stop all', 'unsubscribe', 'opt out', 'optout', 'opt-out', 'quit', 'revoke'],
    start: ['start', 'unstop', 'subscribe', 'opt in', 'optin', 'opt-in'],
  },
  id: { stop: ['berhenti', 'berhenti langganan', 'hentikan', 'setop'], start: ['mulai', 'langganan'] },
  es: { stop: ['baja', 'alto', 'parar', 'detener', 'cancelar suscripción'], start: ['alta', 'iniciar', 'suscribir'] },
  pt: { stop: ['sair', 'pare', 'descadastrar', 'cancelar inscrição'], start: ['voltar', 'inscrever'] },
  fr: { stop: ['arrêt', 'arrêter', 'désabonner', 'désinscrire', 'désinscription'], start: ['abonner', 'démarrer'] },
  de: { stop: ['stopp', 'abmelden', 'abbestellen', 'austragen'], start: ['anmelden', 'starten'] },
  it: { stop: ['ferma', 'disiscrivi', 'disiscrivimi', 'cancellami'], start: ['inizia', 'iscrivimi'] },
  nl: { stop: ['afmelden', 'uitschrijven', 'stoppen'], start: ['aanmelden', 'inschrijven'] },
  tr: { stop: ['dur', 'durdur', 'çık', 'abonelikten çık'], start: ['başla', 'başlat'] },
  ru: { stop: ['стоп', 'отписаться', 'отписка'], start: ['старт', 'подписаться'] },
  ar: { stop: ['إيقاف', 'ايقاف', 'توقف', 'قف', 'إلغاء الاشتراك', 'الغاء الاشتراك'], start: ['ابدأ', 'ابدا', 'اشتراك'] },
  hi: { stop: ['रोकें', 'रोको', 'बंद करें', 'बंद करो'], start: ['शुरू', 'शुरू करें'] },
  vi: { stop: ['dừng', 'dừng lại', 'hủy', 'hủy đăng ký'], start: ['bắt đầu', 'đăng ký'] },
  zh: { stop: ['停止', '退订', '退訂', '取消订阅', '取消訂閱'], start: ['开始', '開始', '订阅', '訂閱'] },
  ja: { stop: ['配信停止', 'ストップ', '解除', '退会'], start: ['スタート', '再開', '登録'] },
  th: { stop: ['หยุด', 'ยกเลิก', 'ยกเลิกการติดตาม'], start: ['เริ่ม', 'สมัคร'] },
};

const byText = new Map<string, Word>();
for (const language of LANGUAGES) {
  for (const means of ['stop', 'start'] as const) {
    for (const word of WORDS[language][means]) byText.set(plain(word), { means, language });
  }
}

/** What a message means that is such a word, in whatever case, with or without accents, signs and emoji around it. */
export function readWord(text: string): Word | undefined {
  return text.length > LONGEST ? undefined : byText.get(plain(text));
}

const LONGEST = 60;

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

import type { Language } from './words.js';

/** The one message that a person gets after STOP, in the language of their word. It says how to come back. */
const TEXTS: Record<Language, string> = {
  en: 'You will get no more messages from us. Write START if you want them again.',
  id: 'Anda tidak akan menerima pesan dari kami lagi. Tulis START jika ingin menerimanya kembali.',
  es: 'No recibirás más mensajes nuestros. Escribe START si quieres recibirlos de nuevo.',
  pt: 'Você não receberá mais mensagens nossas. Escreva START se quiser recebê-las de novo.',
  fr: 'Vous ne recevrez plus de messages de notre part. Écrivez START pour en recevoir à nouveau.',
  de: 'Sie erhalten keine Nachrichten mehr von uns. Schreiben Sie START, wenn Sie wieder welche möchten.',
  it: 'Non riceverai più nostri messaggi. Scrivi START se vuoi riceverli di nuovo.',
  nl: 'U ontvangt geen berichten meer van ons. Schrijf START als u ze weer wilt ontvangen.',
  tr: 'Artık bizden mesaj almayacaksınız. Yeniden almak isterseniz START yazın.',
  ru: 'Вы больше не будете получать от нас сообщений. Напишите START, если захотите получать их снова.',
  ar: 'لن تصلك رسائل منا بعد الآن. اكتب START إذا أردت استقبالها من جديد.',
  hi: 'अब आपको हमारी ओर से संदेश नहीं मिलेंगे। फिर से पाने के लिए START लिखें।',
  vi: 'Bạn sẽ không nhận tin nhắn của chúng tôi nữa. Hãy viết START nếu muốn nhận lại.',
  zh: '您将不再收到我们的消息。如需重新接收，请回复 START。',
  ja: '今後、当方からのメッセージは届きません。再開するには START と送信してください。',
  th: 'คุณจะไม่ได้รับข้อความจากเราอีก พิมพ์ START หากต้องการรับอีกครั้ง',
};

export const confirmationIn = (language: Language): string => TEXTS[language];

/** A confirmation that comes much later than the STOP would be one more unwanted message. */
export const CONFIRM_WITHIN_MS = 24 * 3_600_000;

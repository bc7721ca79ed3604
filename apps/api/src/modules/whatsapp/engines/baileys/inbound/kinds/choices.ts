import type { ContentOf } from '@trunkline/contracts';
import type { proto } from 'baileys';
import type { Reader } from './kind.js';
import { filled } from './kind.js';

type Choices = ContentOf<'choices'>['choices'];
const MOST = 100;

/** Buttons, lists, templates and their interactive successor, of which only the text and the choices are shown. */
export const readChoices: Reader<'choices'> = (message) =>
  fromButtons(message) ?? fromList(message) ?? fromTemplate(message) ?? fromInteractive(message);

function fromButtons({ buttonsMessage: of }: proto.IMessage) {
  if (!of) return undefined;
  const choices = (of.buttons ?? []).map(({ buttonId, buttonText }) => ({
    id: buttonId,
    text: buttonText?.displayText,
  }));
  return shown(of.contentText, { title: of.text, footer: of.footerText }, choices);
}

function fromList({ listMessage: of }: proto.IMessage) {
  if (!of) return undefined;
  const rows = (of.sections ?? []).flatMap(({ rows }) => rows ?? []);
  const choices = rows.map(({ rowId, title, description }) => ({ id: rowId, text: title, description }));
  return shown(of.description, { title: of.title, footer: of.footerText }, choices);
}

function fromTemplate({ templateMessage }: proto.IMessage) {
  const of = templateMessage?.hydratedTemplate ?? templateMessage?.hydratedFourRowTemplate;
  if (!of) return undefined;
  const choices = (of.hydratedButtons ?? []).map(({ quickReplyButton: reply, urlButton: url, callButton: call }) => ({
    id: reply?.id ?? url?.url ?? call?.phoneNumber,
    text: (reply ?? url ?? call)?.displayText,
  }));
  return shown(of.hydratedContentText, { title: of.hydratedTitleText, footer: of.hydratedFooterText }, choices);
}

function fromInteractive({ interactiveMessage: of }: proto.IMessage) {
  if (!of) return undefined;
  const buttons = of.nativeFlowMessage?.buttons ?? [];
  const choices = buttons.map(({ name, buttonParamsJson }) => {
    const { id, display_text: text } = paramsOf(buttonParamsJson);
    return { id: id ?? name, text: text ?? name };
  });
  return shown(of.body?.text, { title: of.header?.title, footer: of.footer?.text }, choices);
}

/** Written by the sender's program: any text at all. */
function paramsOf(json: string | null | undefined): { id?: string; display_text?: string } {
  try {
    const parsed: unknown = JSON.parse(json ?? '{}');
    const { id, display_text } = Object(parsed) as Record<string, unknown>;
    return filled({
      id: typeof id === 'string' ? id : null,
      display_text: typeof display_text === 'string' ? display_text : null,
    }) as { id?: string; display_text?: string };
  } catch {
    return {};
  }
}

type Loose = { id?: string | null; text?: string | null; description?: string | null };

function shown(
  text: string | null | undefined,
  around: { title?: string | null | undefined; footer?: string | null | undefined },
  loose: Loose[],
): ContentOf<'choices'> | undefined {
  const choices: Choices = loose
    .slice(0, MOST)
    .flatMap(({ id, text, description }) =>
      text ? [{ id: id ?? text, text, ...(description ? { description } : {}) }] : [],
    );
  if (!text && !around.title && choices.length === 0) return undefined;
  return { kind: 'choices', text: text ?? '', ...filled(around), choices };
}

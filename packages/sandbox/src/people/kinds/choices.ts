import type { Kind } from './kind.js';

/** What a business offers to choose from. */
export const choices: Kind<'choices'> = {
  write: ({ style, text, choices }) =>
    style === 'buttons'
      ? {
          buttonsMessage: {
            contentText: text,
            buttons: choices.map((choice) => ({ buttonId: choice, buttonText: { displayText: choice } })),
          },
        }
      : {
          listMessage: {
            description: text,
            buttonText: 'Choose',
            listType: 1,
            sections: [{ title: '', rows: choices.map((choice) => ({ title: choice, rowId: choice })) }],
          },
        },
};

/** The answer to one. */
export const choice: Kind<'choice'> = {
  write: ({ text }) => ({ buttonsResponseMessage: { selectedButtonId: text, selectedDisplayText: text } }),
};

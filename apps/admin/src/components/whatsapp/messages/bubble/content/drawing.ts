import type { ContentOf, Message, MessageKind } from '@trunkline/contracts';
import type { ComponentType } from 'react';

/** How one kind of content is drawn inside its bubble. */
export type Drawing<K extends MessageKind> = ComponentType<{ content: ContentOf<K>; message: Message }>;

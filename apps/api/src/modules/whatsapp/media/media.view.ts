/** A media as people and programs see it, made by the database: it stands in messages, events and answers alike. */

/** Of `mkt_wap_media` under this alias. */
export const mediaJson = (alias: string): string => `jsonb_build_object(
  'id', ${alias}.id, 'accountId', ${alias}.account_id, 'state', ${alias}.state, 'problem', ${alias}.problem,
  'mime', ${alias}.mime, 'size', ${alias}.size, 'sha256', ${alias}.sha256, 'fileName', ${alias}.file_name,
  'width', ${alias}.width, 'height', ${alias}.height, 'seconds', ${alias}.seconds, 'waveform', ${alias}.waveform,
  'thumbnail', 'data:image/jpeg;base64,' || replace(encode(${alias}.thumbnail, 'base64'), E'\\n', ''))`;

/** The media of a message or post under this alias; null for what has none. */
export const mediaOfMessage = (message: string): string => `case when ${message}.media_id is not null then (
  select ${mediaJson('media')} from mkt_wap_media media where media.id = ${message}.media_id) end`;

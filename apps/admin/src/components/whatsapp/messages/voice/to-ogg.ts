/**
 * A voice note as WhatsApp's apps play it everywhere: Opus in Ogg. Chromium records the same sound in WebM, so it is only
 * packed anew, which loses nothing. What comes in Ogg or MP4 already stays as it is.
 */
export async function toVoiceFile(recorded: Blob): Promise<File> {
  if (!recorded.type.startsWith('audio/webm')) return named(recorded, recorded.type.includes('ogg') ? 'ogg' : 'm4a');
  const { BlobSource, BufferTarget, Conversion, Input, OggOutputFormat, Output, WEBM } = await import('mediabunny');
  const input = new Input({ source: new BlobSource(recorded), formats: [WEBM] });
  const target = new BufferTarget();
  const conversion = await Conversion.init({ input, output: new Output({ format: new OggOutputFormat(), target }) });
  await conversion.execute();
  if (!target.buffer) throw new Error('nothing was recorded');
  return named(new Blob([target.buffer], { type: 'audio/ogg; codecs=opus' }), 'ogg');
}

const named = (blob: Blob, extension: string): File => new File([blob], `voice.${extension}`, { type: blob.type });

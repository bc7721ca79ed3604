import { loudness } from './bars';

/** Milliseconds between two looks at how loud it is. */
const LOOK_MS = 100;
/** Best first; what plays everywhere without being packed anew. */
const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

/** Why there is no recording: the browser has no microphone for this page, a person said no, or none is plugged in. */
export type NoRecording = 'unsupported' | 'refused' | 'missing';

const canRecord = (): boolean => typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia);

/** A microphone that is open, until `finish` or `discard`; either gives it back. */
export class Recording {
  readonly levels: number[] = [];
  private readonly parts: Blob[] = [];
  private readonly timer: ReturnType<typeof setInterval>;

  private constructor(
    private readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
    private readonly context: AudioContext,
    onLevel: () => void,
  ) {
    const analyser = context.createAnalyser();
    const samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(stream).connect(analyser);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.levels.push(loudness(samples));
      onLevel();
    }, LOOK_MS);
    recorder.ondataavailable = ({ data }) => void this.parts.push(data);
    recorder.start();
  }

  /** `onLevel`: `levels` has one more. */
  static async begin(onLevel: () => void): Promise<Recording | NoRecording> {
    if (!canRecord()) return 'unsupported';
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(refusal);
    if (typeof stream === 'string') return stream;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    return new Recording(stream, new MediaRecorder(stream, { mimeType }), new AudioContext(), onLevel);
  }

  get seconds(): number {
    return (this.levels.length * LOOK_MS) / 1000;
  }

  async finish(): Promise<Blob> {
    const stopped = new Promise((resolve) => this.recorder.addEventListener('stop', resolve, { once: true }));
    this.recorder.stop();
    await stopped;
    this.close();
    return new Blob(this.parts, { type: this.recorder.mimeType });
  }

  discard(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    this.close();
  }

  private close(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    if (this.context.state !== 'closed') void this.context.close();
  }
}

const refusal = (error: Error): NoRecording => (error.name === 'NotAllowedError' ? 'refused' : 'missing');

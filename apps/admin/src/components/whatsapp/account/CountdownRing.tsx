const RADIUS = 7;
const LENGTH = 2 * Math.PI * RADIUS;

/** `share` of the time that is left, from 1 to 0. */
export const CountdownRing = ({ share }: { share: number }) => (
  <svg viewBox="0 0 18 18" className="size-4.5 -rotate-90" aria-hidden>
    <circle cx="9" cy="9" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-line" />
    <circle
      cx="9"
      cy="9"
      r={RADIUS}
      fill="none"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeDasharray={LENGTH}
      strokeDashoffset={LENGTH * (1 - Math.min(1, Math.max(0, share)))}
      className="stroke-accent transition-[stroke-dashoffset] duration-1000 ease-linear"
    />
  </svg>
);

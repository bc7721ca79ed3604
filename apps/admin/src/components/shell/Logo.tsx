/** The mark: a trunk line that branches. */
export const Logo = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" className={className} aria-hidden focusable="false">
    <rect width="32" height="32" rx="9" className="fill-accent" />
    <path
      d="M8 11h16M16 11v13M11 16.5c0 3 2 5 5 5s5-2 5-5"
      className="stroke-accent-ink"
      fill="none"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

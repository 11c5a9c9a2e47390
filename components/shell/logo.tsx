export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path d="M22.5 11.2A8 8 0 1 0 22.5 20.8" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <path d="M16 12v4.2l3.4 2" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

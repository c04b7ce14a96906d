/** The product's mark: a speech bubble with a rising line. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path
        class="mark-bubble"
        d="M6 2h12a4 4 0 0 1 4 4v9a4 4 0 0 1-4 4h-6.5L7 22.5V19H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4Z"
      />
      <path class="mark-line" d="m6.5 13.5 3.6-3.8 2.8 2.4 4.6-5" />
    </svg>
  );
}

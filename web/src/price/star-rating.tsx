const stars = [1, 2, 3, 4, 5] as const;

/** One to five stars as a group of radio buttons. */
export function StarRating({ value, onRate }: { value: number | null; onRate: (stars: number) => void }) {
  return (
    <fieldset className="stars">
      <legend>How good is this estimate?</legend>
      <div>
        {stars.map((count) => (
          <label key={count} data-lit={value !== null && count <= value}>
            <input
              type="radio"
              name="rating"
              value={count}
              checked={value === count}
              aria-label={count === 1 ? '1 star' : `${count} stars`}
              onChange={() => onRate(count)}
            />
            <span aria-hidden="true">★</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

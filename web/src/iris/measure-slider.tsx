interface MeasureSliderProps {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** One measure of the flower: a slider with its value in centimetres. */
export function MeasureSlider({ name, least, most, value, onChange }: MeasureSliderProps) {
  return (
    <label className="measure">
      <span>{name}</span>
      <span aria-hidden="true">{value.toFixed(1)} cm</span>
      <input
        type="range"
        min={least}
        max={most}
        step={0.1}
        value={value}
        aria-valuetext={`${value.toFixed(1)} centimetres`}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </label>
  );
}

// A number that can be slid roughly or typed exactly; large ranges slide on a logarithmic scale.
import { NumberInput, Slider } from '@mantine/core';
import { useId } from 'react';
import { count } from '../shared/format.ts';
import styles from './new-run.module.css';

interface SliderFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** End of the slider; typing goes further, to `max`. */
  readonly sliderMax: number;
  readonly logarithmic?: boolean;
  readonly suffix?: string;
  readonly onChange: (value: number) => void;
}

const STEPS = 100;

/** Two leading digits are enough for a slid number. */
function rounded(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}

export function SliderField(props: SliderFieldProps) {
  const { label, value, min, max, sliderMax, onChange, suffix = '' } = props;
  const id = useId();
  const ratio = sliderMax / min;
  const toValue = (step: number): number =>
    props.logarithmic === true ? rounded(min * ratio ** (step / STEPS)) : Math.round(min + ((sliderMax - min) * step) / STEPS);
  const toStep = (number: number): number =>
    props.logarithmic === true
      ? (Math.log(Math.max(min, number) / min) / Math.log(ratio)) * STEPS
      : ((number - min) / (sliderMax - min)) * STEPS;
  return (
    <div className={styles.slider}>
      <NumberInput
        id={id}
        label={label}
        description={props.hint}
        min={min}
        max={max}
        clampBehavior="blur"
        allowDecimal={false}
        thousandSeparator=","
        suffix={suffix}
        value={value}
        onChange={(next) => {
          const number = Number(next);
          if (number >= min && number <= max) onChange(number);
        }}
      />
      <Slider
        thumbLabel={label}
        value={Math.min(STEPS, toStep(value))}
        min={0}
        max={STEPS}
        step={0.5}
        label={() => `${count(value)}${suffix}`}
        onChange={(step) => onChange(toValue(step))}
      />
    </div>
  );
}

// Hands our tokens to Mantine, so that its components wear our colours in both schemes.
import type { CSSVariablesResolver, MantineThemeOverride } from '@mantine/core';

/** Night water instead of the library's greys. */
const DARK = [
  '#e7f1f1',
  '#b7cbce',
  '#93adb4',
  '#557683',
  '#35596a',
  '#1d3b47',
  '#0c222c',
  '#0a1d26',
  '#07171e',
  '#051218',
] as const;
const SEA = [
  '#e9f6f4',
  '#d0ece8',
  '#a3dcd5',
  '#7ad3ca',
  '#63d3c8',
  '#35a79f',
  '#128089',
  '#08626c',
  '#064951',
  '#043338',
] as const;

export const themeOptions: MantineThemeOverride = {
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 4 },
  colors: { sea: SEA, dark: DARK },
  components: { Button: { defaultProps: { variant: 'filled' } } },
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-serif)' },
  defaultRadius: 'var(--radius-small)',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
};

export const resolveVariables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-faint)',
    '--mantine-color-placeholder': 'var(--ink-faint)',
    '--mantine-color-anchor': 'var(--sea)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-sunk)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-primary-color-filled': 'var(--sea)',
    '--mantine-primary-color-filled-hover': 'var(--sea-strong)',
    '--mantine-color-sea-filled': 'var(--sea)',
    '--mantine-color-sea-filled-hover': 'var(--sea-strong)',
    '--mantine-color-sea-light': 'var(--sea-wash)',
    '--mantine-color-sea-light-hover': 'var(--sea-wash)',
    '--mantine-color-sea-light-color': 'var(--sea-strong)',
    '--mantine-color-sea-outline': 'var(--sea)',
    '--mantine-color-red-filled': 'var(--bad)',
    '--mantine-color-red-light': 'var(--bad-wash)',
    '--mantine-color-red-light-color': 'var(--bad)',
  };
  return { variables: {}, light: both, dark: both };
};

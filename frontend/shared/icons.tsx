// Our own small icon set: 20-unit strokes in the current colour. Decorative; the label stands beside or on the button.
import type { ReactNode } from 'react';

interface IconProps {
  readonly size?: number;
}

const icon = (children: ReactNode) =>
  function Icon({ size = 18 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {children}
      </svg>
    );
  };

export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const CheckIcon = icon(<path d="m4 10.500 4 4 8-9" />);
export const WarningIcon = icon(<path d="M10 3 2.500 16.500h15L10 3Zm0 5v4m0 2.500v.01" />);
export const TrashIcon = icon(<path d="M4 6h12M8 6V4h4v2m-6.500 0 .8 10h7.400l.8-10M8.500 9v4.500m3-4.500v4.500" />);
export const PlayIcon = icon(<path d="M6.500 4.500v11l9-5.500-9-5.500Z" />);
export const PauseIcon = icon(<path d="M7 4.500v11m6-11v11" />);
export const StepIcon = icon(<path d="M5 4.500v11l7-5.500-7-5.500Zm10 0v11" />);
export const StopIcon = icon(<rect x="5" y="5" width="10" height="10" rx="1.500" />);
export const SearchIcon = icon(<path d="M13 13l4 4M8.500 14.500a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z" />);
export const DownloadIcon = icon(<path d="M10 3v9m-4-3.500 4 4 4-4M4 16.500h12" />);
export const UploadIcon = icon(<path d="M10 13V4M6 7.500l4-4 4 4M4 16.500h12" />);
export const DocumentIcon = icon(<path d="M5 2.500h6.500L15.500 6.500v11h-10.500v-15Zm6.500 0v4h4M7.500 10.500h5m-5 3h5" />);
export const WaveIcon = icon(
  <path d="M2 8c2-2.500 3.300-2.500 5.300 0s3.400 2.500 5.400 0S16 5.500 18 8M2 13c2-2.500 3.300-2.500 5.300 0s3.400 2.500 5.400 0 3.300-2.500 5.300 0" />,
);
export const HeartIcon = icon(
  <path d="M10 16.500S3.500 12.700 3.500 8.200A3.400 3.400 0 0 1 10 6.800a3.400 3.400 0 0 1 6.500 1.400c0 4.500-6.500 8.300-6.500 8.300Z" />,
);
export const DownIcon = icon(<path d="M10 4v11m-5-4.500 5 5 5-5" />);
export const ReplyIcon = icon(<path d="M8 5 3 9.500 8 14m-4.500-4.500H12c3 0 5 2 5 5.500" />);
export const RepostIcon = icon(<path d="M4 12V7.500h10M11.500 5 14 7.500 11.500 10M16 8v4.500H6M8.500 15 6 12.500 8.500 10" />);
export const BranchIcon = icon(
  <path d="M6 6.500v7M6 6.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm8-11a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 0c0 4-8 3-8 7" />,
);
export const BoltIcon = icon(<path d="m11 2.500-6 9h4.500l-1 6 6.500-9.500h-4.500l.5-5.500Z" />);
export const PersonIcon = icon(
  <path d="M10 9.500a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600ZM3.500 17c.6-3.500 3-5 6.500-5s5.900 1.500 6.500 5" />,
);
export const SunIcon = icon(
  <path d="M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM10 2v1.500m0 13V18M2 10h1.500m13 0H18M4.300 4.300l1.100 1.100m9.200 9.200 1.100 1.100m0-11.400-1.100 1.100m-9.200 9.200-1.100 1.100" />,
);
export const MoonIcon = icon(<path d="M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500Z" />);
export const ArrowIcon = icon(<path d="M4 10h12m-5-5 5 5-5 5" />);
export const ChevronIcon = icon(<path d="m7.500 4.500 5.500 5.500-5.500 5.500" />);
export const LeaveIcon = icon(<path d="M8 4H4.500v12H8M8.500 10h8m-3.500-3.500 3.500 3.500-3.500 3.500" />);
export const CopyIcon = icon(<path d="M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500V7Z" />);
export const RotateIcon = icon(<path d="M15.500 7a6.300 6.300 0 1 0 .8 4M16 3v4.200h-4.200" />);

/** Three fish that swim one way. */
export function ShoalMark({ size = 30 }: IconProps) {
  const fish = 'c3-3 7-3 10 0 1-1.200 2-1.700 3-1.900-.6 1.300-.6 2.600 0 3.800-1-.2-2-.7-3-1.900-3 3-7 3-10 0z';
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="currentColor" aria-hidden="true" focusable="false">
      <path d={`M6 10${fish}`} />
      <path d={`M14 16.500${fish}`} />
      <path d={`M4 23${fish}`} opacity="0.6" />
    </svg>
  );
}

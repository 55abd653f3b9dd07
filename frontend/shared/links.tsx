// Mantine's button as a router link.
import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef, type ReactNode } from 'react';

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, ButtonProps & AnchorProps>(function ButtonAnchor(props, ref) {
  return <Button ref={ref} component="a" {...props} />;
});

export const ButtonLink = createLink(ButtonAnchor);

/** A file to take away, from the server itself. */
export function DownloadLink({ href, children, leftSection }: DownloadLinkProps) {
  return (
    <Button component="a" href={href} download variant="default" size="compact-sm" leftSection={leftSection}>
      {children}
    </Button>
  );
}

interface DownloadLinkProps {
  readonly href: string;
  readonly children: ReactNode;
  readonly leftSection?: ReactNode;
}

// Mantine's button as a router link.
import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef } from 'react';

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, ButtonProps & AnchorProps>(function ButtonAnchor(props, ref) {
  return <Button ref={ref} component="a" {...props} />;
});

export const ButtonLink = createLink(ButtonAnchor);

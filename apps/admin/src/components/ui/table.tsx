import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export const Table = ({ className, ...props }: ComponentProps<'table'>) => (
  <table className={cn('w-full border-collapse text-start', className)} {...props} />
);

export const TableHead = ({ className, ...props }: ComponentProps<'th'>) => (
  <th
    scope="col"
    className={cn('h-10 border-b px-4 text-start text-xs font-medium text-ink-soft first:ps-5 last:pe-5', className)}
    {...props}
  />
);

export const TableRow = ({ className, ...props }: ComponentProps<'tr'>) => (
  <tr className={cn('border-b transition-colors last:border-b-0', className)} {...props} />
);

export const TableCell = ({ className, ...props }: ComponentProps<'td'>) => (
  <td className={cn('px-4 py-3 align-middle first:ps-5 last:pe-5', className)} {...props} />
);

/**
 * How our own PostgreSQL runs. Durable (fsync and full pages stay on), reachable through its socket alone, and modest: an
 * installation is a few processes on a small machine. Commits of many sessions at once share one flush by themselves;
 * fewer and larger checkpoints keep the flushes short.
 */
export const settings: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '64MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // No replicas hang on this server, and a smaller log is flushed sooner.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // After a checkpoint each page is logged whole when it is first touched. The shipped server knows pglz alone, which costs
  // more than twice what a message's row does itself (docs/performance.md).
  wal_compression: 'off',
  wal_buffers: '8MB',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  checkpoint_timeout: '15min',
  // Queries are short: compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Row contents (numbers, texts) appear in the text of failed statements and in the details of errors: neither is logged.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

export function asArguments(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

import type { Sql } from '../../../database/database.js';
import type { Answer, Command, CommandAnswer } from './command.js';

export async function insertCommand(sql: Sql, command: Command, now: Date, deadline: Date): Promise<void> {
  await sql.query(
    `insert into mkt_wap_commands (id, account_id, verb, input, created_at, deadline) values ($1, $2, $3, $4, $5, $6)`,
    [command.id, command.accountId, command.verb, command.input, now, deadline],
  );
}

/** What was not answered and not given up, oldest first. */
export async function openCommands(sql: Sql, accountIds: readonly string[], now: Date): Promise<Command[]> {
  const { rows } = await sql.query(
    `select id, account_id as "accountId", verb, input from mkt_wap_commands
     where account_id = any($1) and answered_at is null and deadline > $2 order by created_at, id`,
    [accountIds, now],
  );
  return rows;
}

/** The first answer stands. */
export async function answerCommand(sql: Sql, id: string, answer: Answer, now: Date): Promise<void> {
  await sql.query(`update mkt_wap_commands set answered_at = $2, answer = $3 where id = $1 and answered_at is null`, [
    id,
    now,
    answer,
  ]);
}

export async function answerCommands(sql: Sql, answers: readonly CommandAnswer[], now: Date): Promise<void> {
  for (const { id, answer } of answers) await answerCommand(sql, id, answer, now);
}

export async function answersOf(sql: Sql, ids: readonly string[]): Promise<Map<string, Answer>> {
  const { rows } = await sql.query(
    `select id, answer from mkt_wap_commands where id = any($1) and answered_at is not null`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.answer]));
}

export async function deleteOldCommands(sql: Sql, before: Date): Promise<void> {
  await sql.query(`delete from mkt_wap_commands where created_at < $1`, [before]);
}

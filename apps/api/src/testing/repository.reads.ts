/**
 * Which reads of repositories answer those who ask: found in the sources, so that one that is added tomorrow is found, too.
 *
 * What answers them is what the controllers and the gateway import, and what that imports, as far as repositories. A read
 * is a function or a method of a repository whose SQL only selects, by itself or through a function of its file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface RepositoryRead {
  /** As `file.ts name`, or `file.ts Class.name`; the path from `src`. */
  name: string;
  takesCtx: boolean;
}

const isDoor = (file: string): boolean => /\.(controller|gateway)\.ts$/.test(file);
const isRepository = (file: string): boolean => /\.(repository|writer)\.ts$/.test(file);

/** Of the reads that `root` (the folder of the sources) holds, those that somebody who asks is answered from. */
export function readsForAskers(root: string): RepositoryRead[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('testing'),
  );
  const sources = new Sources(root, new Set(files));
  const reached = new Set(files.filter(isDoor));
  const reads = new Map<string, RepositoryRead>();
  for (const file of reached) {
    for (const { from, names } of sources.imports(file)) {
      if (!isRepository(from)) reached.add(from);
      else for (const read of sources.readsOf(from, names, sources.text(file))) reads.set(read.name, read);
    }
  }
  return [...reads.values()];
}

interface Import {
  from: string;
  /** Null: all of the file, by a name of the importer's. */
  names: string[] | null;
}

interface Declared {
  name: string;
  node: ts.FunctionLikeDeclaration;
}

class Sources {
  readonly #parsed = new Map<string, ts.SourceFile>();

  constructor(
    private readonly root: string,
    private readonly files: ReadonlySet<string>,
  ) {}

  text(file: string): string {
    return this.#parse(file).text;
  }

  /** Of types, too: an injected class is imported as one. */
  imports(file: string): Import[] {
    return this.#parse(file).statements.flatMap((statement): Import[] => {
      if (!ts.isImportDeclaration(statement)) return [];
      const path = (statement.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts');
      const from = join(dirname(file), path);
      if (!path.startsWith('.') || !this.files.has(from)) return [];
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) return [{ from, names: null }];
      return [{ from, names: bindings.elements.map(({ name }) => name.text) }];
    });
  }

  /** Those that are imported by these names; of a class the methods that `importer`'s text calls. */
  readsOf(file: string, names: string[] | null, importer: string): RepositoryRead[] {
    const declared = this.#parse(file).statements.flatMap(declaredBy);
    const selects = (node: ts.Node, seen = new Set<string>()): boolean => {
      const text = node.getText();
      if (WRITES.test(text)) return false;
      const called = this.#parse(file).statements.filter((statement) => {
        const name = nameOf(statement);
        return name !== undefined && !seen.has(name) && new RegExp(`\\b${name}\\b`).test(text) && seen.add(name);
      });
      if (called.some((statement) => WRITES.test(statement.getText()))) return false;
      return SELECTS.test(text) || called.some((statement) => selects(statement, seen));
    };
    return declared
      .filter(({ name }) => {
        const [first, method] = name.split('.');
        if (names && !names.includes(first!)) return false;
        return method === undefined || importer.includes(`.${method}(`);
      })
      .filter(({ node }) => selects(node))
      .map(({ name, node }) => ({
        name: `${file} ${name}`,
        takesCtx: node.parameters.some(({ type }) => type?.getText() === 'Ctx'),
      }));
  }

  #parse(file: string): ts.SourceFile {
    let source = this.#parsed.get(file);
    if (!source) {
      const text = readFileSync(join(this.root, file), 'utf8');
      source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      this.#parsed.set(file, source);
    }
    return source;
  }
}

const SELECTS = /\bselect\b/;
const WRITES = /\b(insert into|update|delete from) mkt_|\.(insert|update|delete)\(/;

/** What a repository gives to others. */
function declaredBy(statement: ts.Statement): Declared[] {
  const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport);
  if (!exported) return [];
  if (ts.isFunctionDeclaration(statement) && statement.name) return [{ name: statement.name.text, node: statement }];
  if (ts.isClassDeclaration(statement))
    return statement.members
      .filter((member) => ts.isMethodDeclaration(member))
      .map((node) => ({ name: `${statement.name!.text}.${node.name.getText()}`, node }));
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer && ts.isArrowFunction(initializer) ? [{ name: name.getText(), node: initializer }] : [],
  );
}

const isExport = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;

/** Of a function or a constant of the file, which another may use. */
function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]!.name.getText();
  return undefined;
}

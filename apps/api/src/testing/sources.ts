/** The sources of the product as a spec reads them: what imports what, and which functions a repository gives to others. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface Import {
  from: string;
  /** Null: all of the file, by a name of the importer's. */
  names: string[] | null;
  /** Nothing of it is there when the program runs. */
  typesOnly: boolean;
}

export interface Declared {
  /** `function` or `Class.method`. */
  name: string;
  node: ts.FunctionLikeDeclaration;
}

/** Some SQL selects. */
export const SELECTS = /\bselect\b/;
export const WRITES = /\b(insert into|update|delete from) mkt_|\.(insert|update|delete)\((mktWap\w+|accounts)\)/;

/** Where SQL lies. */
export const isRepository = (file: string): boolean => /\.(repository|writer)\.ts$/.test(file);

export class Sources {
  /** Paths from `root`, without specs and what they share. */
  readonly files: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #parsed = new Map<string, ts.SourceFile>();

  constructor(private readonly root: string) {
    this.files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith('testing'),
    );
    this.#known = new Set(this.files);
  }

  text(file: string): string {
    return this.#parse(file).text;
  }

  imports(file: string): Import[] {
    return this.#parse(file).statements.flatMap((statement): Import[] => {
      if (!ts.isImportDeclaration(statement)) return [];
      const path = (statement.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts');
      const from = join(dirname(file), path);
      if (!path.startsWith('.') || !this.#known.has(from)) return [];
      const whole = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) return [{ from, names: null, typesOnly: whole }];
      const typesOnly = whole || bindings.elements.every(({ isTypeOnly }) => isTypeOnly);
      return [{ from, names: bindings.elements.map(({ name }) => name.text), typesOnly }];
    });
  }

  /** What the file gives to others by these names; of a class the methods that `importer`'s text calls. */
  declared(file: string, names: string[] | null, importer: string): Declared[] {
    return this.#parse(file)
      .statements.flatMap(declaredBy)
      .filter(({ name }) => {
        const [first, method] = name.split('.');
        if (names && !names.includes(first!)) return false;
        return method === undefined || importer.includes(`.${method}(`);
      });
  }

  /** By itself, or through a function of its file that it names. */
  writes(file: string, node: ts.Node): boolean {
    return WRITES.test(node.getText()) || this.#named(file, node).some((each) => WRITES.test(each.getText()));
  }

  /** As `writes`; what writes, too, is no read. */
  onlySelects(file: string, node: ts.Node): boolean {
    if (this.writes(file, node)) return false;
    return SELECTS.test(node.getText()) || this.#named(file, node).some((each) => SELECTS.test(each.getText()));
  }

  /** The functions and constants of the file that the node names, and those that they name. */
  #named(file: string, node: ts.Node): ts.Statement[] {
    const found = new Set<ts.Statement>();
    const texts = [node.getText()];
    for (const text of texts) {
      for (const statement of this.#parse(file).statements) {
        const name = nameOf(statement);
        if (name === undefined || found.has(statement) || !new RegExp(`\\b${name}\\b`).test(text)) continue;
        found.add(statement);
        texts.push(statement.getText());
      }
    }
    return [...found];
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

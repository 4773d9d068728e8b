import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getLocation,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type Source,
  validate,
  visit,
} from 'graphql';
import { documentHash, type TrustedDocument } from '../../src/platform/graphql/trusted-documents.ts';
import type { ClientSource } from './client-sources.ts';

/** What cannot be trusted, as "file:line:column: what is wrong"; the rest is for the manifest. */
export type ReadDocuments = { operations: TrustedDocument[]; faults: string[] };

type Fragments = Map<string, FragmentDefinitionNode>;

/** Operations with the fragments that they need, wherever these stand; a name stands once over all files. */
export function readDocuments(
  sources: ClientSource[],
  schema: GraphQLSchema,
  { typename }: { typename: boolean },
): ReadDocuments {
  const faults: string[] = [];
  const definitions = sources.flatMap((source) => definitionsIn(source, faults));
  faults.push(...repeatedNames(definitions));
  const fragments: Fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const read = operations.flatMap((one) => readOperation(one, fragments, schema, typename, faults));
  return {
    operations: read.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    faults: [...new Set(faults)],
  };
}

const PUT_IN =
  'A value is put into the operation here: use a variable. Only whole fragments may stand behind an operation';

function definitionsIn({ source, gaps }: ClientSource, faults: string[]): DefinitionNode[] {
  try {
    // What holds but fragments of other documents has nothing of its own.
    if (source.body.trim() === '') return [];
    const { definitions } = parse(source);
    const within = (gap: number) => definitions.some(({ loc }) => loc && loc.start < gap && gap < loc.end);
    for (const gap of gaps.filter(within)) faults.push(faultAt(source, gap, PUT_IN));
    return [...definitions];
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const position = error.positions?.[0] ?? 0;
    // What is missing there may be what was put in just before.
    const gap = gaps.findLast((one) => one <= position);
    faults.push(gap === undefined ? faultAt(source, position, error.message) : faultAt(source, gap, PUT_IN));
    return [];
  }
}

function faultAt(source: Source, position: number, message: string): string {
  const { line, column } = getLocation(source, position);
  const { line: first, column: indent } = source.locationOffset;
  const at = `${first + line - 1}:${line === 1 ? indent + column - 1 : column}`;
  return `${source.name}:${at}: ${message}`;
}

function repeatedNames(definitions: DefinitionNode[]): string[] {
  const named = definitions.flatMap((one) =>
    'name' in one && one.name ? [{ one, name: one.name.value }] : [],
  );
  const byName = Map.groupBy(named, ({ one, name }) => `${one.kind} ${name}`);
  return [...byName.values()].flatMap(([first, ...others]) =>
    others.map(({ one, name }) => {
      const place = first?.one.loc ? faultAt(first.one.loc.source, first.one.loc.start, '').slice(0, -2) : '';
      return faultIn(one, `The name ${name} is taken by ${place}; clients know operations by their names`);
    }),
  );
}

const faultIn = ({ loc }: { loc?: DefinitionNode['loc'] }, message: string) =>
  loc ? faultAt(loc.source, loc.start, message) : message;

function readOperation(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  schema: GraphQLSchema,
  typename: boolean,
  faults: string[],
): TrustedDocument[] {
  if (!operation.name) {
    faults.push(faultIn(operation, 'The operation has no name, and clients ask for it by its name'));
    return [];
  }
  const needed = fragmentsOf(operation, fragments);
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...needed] } as const;
  const wrong = validate(schema, document);
  for (const { nodes, message } of wrong) faults.push(faultIn(nodes?.[0] ?? operation, message));
  if (wrong.length > 0) return [];
  const body = print(typename ? withTypenames(document) : document);
  return [{ id: documentHash(body), name: operation.name.value, type: operation.operation, body }];
}

/** Each fragment that the operation spreads, or that one of those does, once; in the order of their names. */
function fragmentsOf(operation: OperationDefinitionNode, fragments: Fragments): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const look = (node: DefinitionNode) =>
    visit(node, {
      FragmentSpread: ({ name: { value: name } }) => {
        const fragment = fragments.get(name);
        if (!fragment || found.has(name)) return;
        found.set(name, fragment);
        look(fragment);
      },
    });
  look(operation);
  return [...found.values()].toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1));
}

const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

/** As clients with a cache ask: the type of each object, but not that of the operation itself. */
const withTypenames = <T extends Parameters<typeof visit>[0]>(document: T): T =>
  visit(document, {
    SelectionSet: (set: SelectionSetNode, _, parent) => {
      const isRoot = parent !== undefined && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      const asked = set.selections.some(
        (one) => one.kind === Kind.FIELD && (one.alias ?? one.name).value === '__typename',
      );
      return isRoot || asked ? undefined : { ...set, selections: [...set.selections, TYPENAME] };
    },
  });

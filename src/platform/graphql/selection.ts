import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

const known = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/**
 * The names of the fields asked for below the field being resolved; with `paths`, below those fields of it:
 * `selectedFields(info, 'nodes', 'edges.node')`. Fields that @skip or @include may drop count as asked for.
 */
export function selectedFields(info: GraphQLResolveInfo, ...paths: string[]): ReadonlySet<string> {
  const [node, ...others] = info.fieldNodes;
  if (!node || others.length > 0) return namesBelow(info.fieldNodes, info.fragments, paths);
  const answers = known.get(node) ?? new Map<string, ReadonlySet<string>>();
  known.set(node, answers);
  const key = paths.join();
  const answer = answers.get(key) ?? namesBelow(info.fieldNodes, info.fragments, paths);
  answers.set(key, answer);
  return answer;
}

function namesBelow(nodes: readonly FieldNode[], fragments: Fragments, paths: string[]): ReadonlySet<string> {
  const starts =
    paths.length === 0 ? nodes : paths.flatMap((path) => follow(nodes, fragments, path.split('.')));
  return new Set(fieldsBelow(starts, fragments).map((field) => field.name.value));
}

const follow = (nodes: readonly FieldNode[], fragments: Fragments, path: string[]): readonly FieldNode[] =>
  path.reduce(
    (level, name) => fieldsBelow(level, fragments).filter((field) => field.name.value === name),
    nodes,
  );

const fieldsBelow = (nodes: readonly FieldNode[], fragments: Fragments) =>
  nodes.flatMap(({ selectionSet }) => (selectionSet ? fieldsIn(selectionSet, fragments) : []));

function fieldsIn({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection];
    if (selection.kind === 'InlineFragment') return fieldsIn(selection.selectionSet, fragments);
    const fragment = fragments[selection.name.value];
    return fragment ? fieldsIn(fragment.selectionSet, fragments) : [];
  });
}

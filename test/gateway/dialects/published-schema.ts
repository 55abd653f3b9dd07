// OpenAI's published schema as an oracle: the official SDK's declarations are generated from it, and are turned into
// JSON Schema here when a test asks. So the oracle is as new as the installed SDK, and nothing of it is copied.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parseSync } from 'vite';

/** A node of the parsed declarations, whose fields are read by name. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}
interface Module {
  readonly file: string;
  /** By qualified name, `ChatCompletion.Choice`. */
  readonly declared: Map<string, Node>;
  readonly imported: Map<string, { readonly file: string; readonly name: string | undefined }>;
}
interface Place {
  readonly module: Module;
  readonly namespace: readonly string[];
}
type Schema = Record<string, unknown>;

const RESOURCES = path.join(path.dirname(fileURLToPath(import.meta.resolve('openai'))), 'resources');
const FILES = {
  chat: 'chat/completions/completions.d.ts',
  responses: 'responses/responses.d.ts',
  embeddings: 'embeddings.d.ts',
  shared: 'shared.d.ts',
} as const;

const modules = new Map<string, Module>();
const definitions: Schema = {};

/** Problems of a value under a published type; an empty list means that it is valid. */
export function problemsUnder(file: keyof typeof FILES, type: string, value: unknown): readonly string[] {
  const validate = validatorOf(file, type);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(file: keyof typeof FILES, type: string): ValidateFunction {
  const key = `${file} ${type}`;
  const known = validators.get(key);
  if (known !== undefined) return known;
  const reference = referenceTo(moduleOf(path.join(RESOURCES, FILES[file])), [], type.split('.'));
  // The SDK adds this field itself.
  const response = definitions[definitionName('responses', 'Response')] as Schema | undefined;
  if (response !== undefined) response['required'] = (response['required'] as string[]).filter((name) => name !== 'output_text');
  const validate = new Ajv({ strict: false }).compile({ ...reference, $defs: definitions });
  validators.set(key, validate);
  return validate;
}

function definitionName(file: keyof typeof FILES, type: string): string {
  return `${path.basename(FILES[file])}:${type}`;
}

function moduleOf(file: string): Module {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const module: Module = { file, declared: new Map(), imported: new Map() };
  modules.set(file, module);
  const { program } = parseSync(file, readFileSync(file, 'utf8'), { lang: 'dts' });
  collect(module, program.body as unknown as readonly Node[], []);
  return module;
}

function collect(module: Module, statements: readonly Node[], namespace: readonly string[]): void {
  for (const statement of statements) {
    const node = (statement['declaration'] as Node | null | undefined) ?? statement;
    const id = node['id'] as { readonly name?: string } | undefined;
    const name = [...namespace, id?.name ?? ''];
    if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') {
      module.declared.set(name.join('.'), node);
    } else if (node.type === 'TSModuleDeclaration' && node['body']) {
      collect(module, (node['body'] as { readonly body: readonly Node[] }).body, name);
    } else if (node.type === 'ImportDeclaration') {
      const source = (node['source'] as { readonly value: string }).value;
      const file = path.join(path.dirname(module.file), source.replace(/\.js$/, '.d.ts'));
      for (const specifier of node['specifiers'] as readonly Node[]) {
        const local = (specifier['local'] as { readonly name: string }).name;
        const imported = specifier['imported'] as { readonly name: string } | undefined;
        module.imported.set(local, { file, name: imported?.name });
      }
    }
  }
}

/** Finds a name from the innermost namespace outwards, then among the imports. */
function referenceTo(module: Module, namespace: readonly string[], name: readonly string[]): Schema {
  for (let depth = namespace.length; depth >= 0; depth -= 1) {
    const qualified = [...namespace.slice(0, depth), ...name].join('.');
    const node = module.declared.get(qualified);
    if (node === undefined) continue;
    const key = `${path.basename(module.file)}:${qualified}`;
    if (definitions[key] === undefined) {
      definitions[key] = {};
      Object.assign(
        definitions[key] as Schema,
        declarationSchema(node, { module, namespace: qualified.split('.').slice(0, -1) }),
      );
    }
    return { $ref: `#/$defs/${encodeURIComponent(key)}` };
  }
  const imported = module.imported.get(name[0] ?? '');
  if (imported === undefined) throw new Error(`${name.join('.')} is not declared in ${module.file}`);
  const rest = name.slice(1);
  return referenceTo(moduleOf(imported.file), [], imported.name === undefined ? rest : [imported.name, ...rest]);
}

function declarationSchema(node: Node, place: Place): Schema {
  if (node.type === 'TSTypeAliasDeclaration') return typeSchema(node['typeAnnotation'] as Node, place);
  const own = membersSchema((node['body'] as { readonly body: readonly Node[] }).body, place);
  const parents = (node['extends'] as readonly Node[] | undefined) ?? [];
  if (parents.length === 0) return own;
  return {
    allOf: [own, ...parents.map((parent) => referenceTo(place.module, place.namespace, nameOf(parent['expression'] as Node)))],
  };
}

function membersSchema(members: readonly Node[], place: Place): Schema {
  const properties: Schema = {};
  const required: string[] = [];
  let additionalProperties: Schema | true = true;
  for (const member of members) {
    const annotation = (member['typeAnnotation'] as { readonly typeAnnotation: Node } | null)?.typeAnnotation;
    if (annotation === undefined) continue;
    if (member.type === 'TSIndexSignature') additionalProperties = typeSchema(annotation, place);
    if (member.type !== 'TSPropertySignature') continue;
    const key = member['key'] as { readonly name?: string; readonly value?: string };
    const name = key.name ?? String(key.value);
    properties[name] = typeSchema(annotation, place);
    if (member['optional'] !== true) required.push(name);
  }
  return { type: 'object', properties, required, additionalProperties };
}

function typeSchema(node: Node, place: Place): Schema {
  const each = (field: string): readonly Schema[] => (node[field] as readonly Node[]).map((type) => typeSchema(type, place));
  switch (node.type) {
    case 'TSStringKeyword':
      return { type: 'string' };
    case 'TSNumberKeyword':
      return { type: 'number' };
    case 'TSBooleanKeyword':
      return { type: 'boolean' };
    case 'TSNullKeyword':
      return { type: 'null' };
    case 'TSUnknownKeyword':
    case 'TSAnyKeyword':
      return {};
    case 'TSLiteralType':
      return { const: (node['literal'] as { readonly value: unknown }).value };
    case 'TSUnionType':
      return { anyOf: each('types') };
    case 'TSIntersectionType':
      return { allOf: each('types').filter((schema) => !isEmptyObject(schema)) };
    case 'TSArrayType':
      return { type: 'array', items: typeSchema(node['elementType'] as Node, place) };
    case 'TSParenthesizedType':
      return typeSchema(node['typeAnnotation'] as Node, place);
    case 'TSTypeLiteral':
      return membersSchema(node['members'] as readonly Node[], place);
    case 'TSTypeReference':
      return genericSchema(node, place);
    default:
      throw new Error(`${node.type} has no JSON Schema here`);
  }
}

function genericSchema(node: Node, place: Place): Schema {
  const name = nameOf(node['typeName'] as Node);
  const given = ((node['typeArguments'] as { readonly params: readonly Node[] } | null)?.params ?? []).map((type) =>
    typeSchema(type, place),
  );
  if (name[0] === 'Array') return { type: 'array', items: given[0] };
  if (name[0] === 'Record') return { type: 'object', additionalProperties: given[1] };
  return referenceTo(place.module, place.namespace, name);
}

/** The `{}` of `string & {}`, which keeps an editor from merging a union. */
function isEmptyObject(schema: Schema): boolean {
  return schema['type'] === 'object' && Object.keys(schema['properties'] as Schema).length === 0;
}

function nameOf(node: Node): readonly string[] {
  if (node.type === 'Identifier') return [String(node['name'])];
  const left = (node['left'] ?? node['object']) as Node;
  const right = (node['right'] ?? node['property']) as Node;
  return [...nameOf(left), ...nameOf(right)];
}

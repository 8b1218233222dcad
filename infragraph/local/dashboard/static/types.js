/**
 * What the API answers, and what a page is.
 *
 * @typedef {{path: string, line: number, column: number, end_line: number, end_column: number}} Location
 * @typedef {{id: string, kind: string, name: string, service: string | null, doc: string | null,
 *   symbol: string, location: Location, properties: Record<string, any>}} GraphNode
 * @typedef {{source: string, relation: string, target: string, evidence: {location: Location}[]}} GraphEdge
 * @typedef {{nodes: GraphNode[], edges: GraphEdge[], payloads: Record<string, Schema>, unresolved: any[]}} Graph
 * @typedef {{name: string, url: string, broker: string, otlp: string, graph: Graph, diagnostics: any[],
 *   owners: Record<string, string>, dropped: number, forwarded_to: string[], not_forwarded: number}} Application
 *
 * @typedef {{$ref?: string, type?: string, format?: string, enum?: unknown[], const?: unknown, anyOf?: Schema[],
 *   oneOf?: Schema[], properties?: Record<string, Schema>, required?: string[], items?: Schema,
 *   additionalProperties?: Schema | boolean, description?: string, default?: unknown, title?: string,
 *   minimum?: number, maximum?: number, minLength?: number, maxLength?: number}} Schema
 *
 * @typedef {{trace_id: string, span_id: string, parent_id: string | null, service: string, name: string,
 *   kind: string, start_ns: number, end_ns: number, is_error: number, message: string, node: string | null,
 *   entry: string | null, message_id: string | null, attributes: Record<string, any>,
 *   events: {name: string, time_ns: number, attributes: Record<string, any>}[],
 *   links: {trace_id: string, span_id: string}[]}} Span
 * @typedef {{id: number, time_ns: number, service: string, level: string, message: string,
 *   trace_id: string | null, span_id: string | null, fields: Record<string, any>}} LogLine
 * @typedef {{trace_id: string, start_ns: number, end_ns: number, name: string, service: string,
 *   services: string[], spans: number, errors: number}} TraceRow
 * @typedef {{entry: string, service: string, node: string, kind: string, count: number, errors: number,
 *   mean_ms: number}} TrafficRow
 * @typedef {{id: string, source: string, type: string, published_at: string, attributes: Record<string, string>,
 *   ordering_key: string | null, trace_id: string | null, bytes: number, is_cut: boolean, body: string,
 *   encoding: string, sequence: number}} Message
 *
 * @typedef {{application: Application, rest: string[]}} Context
 * @typedef {{element: HTMLElement, refresh?: () => Promise<void> | void}} Page
 * @typedef {(context: Context) => Page} MakePage
 */

export {};

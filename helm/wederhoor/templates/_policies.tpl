{{/* A rule by which these peers are reached at these ports, by these protocols. Takes peers, ports and protocols. */}}
{{- define "wederhoor.to" -}}
- to:
    {{- toYaml .peers | nindent 4 }}
  ports:
    {{- range $port := .ports }}
    {{- range $protocol := $.protocols }}
    - { protocol: {{ $protocol }}, port: {{ int $port }} }
    {{- end }}
    {{- end }}
{{- end -}}

{{- define "wederhoor.toNames" -}}
{{- include "wederhoor.to" (dict "peers" .Values.networkPolicy.dns.peers "ports" .Values.networkPolicy.dns.ports "protocols" (list "UDP" "TCP")) }}
{{- end -}}

{{- define "wederhoor.toDatabase" -}}
{{- include "wederhoor.to" (dict "peers" .Values.networkPolicy.database.peers "ports" .Values.networkPolicy.database.ports "protocols" (list "TCP")) }}
{{- end -}}

{{/* The head of a policy for the pods of one component, or of all. Takes root, name and component. */}}
{{- define "wederhoor.policy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "wederhoor.name" .root }}-{{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "wederhoor.labels" .root | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "wederhoor.selector" .root | nindent 6 }}
      {{- with .component }}
      app.kubernetes.io/component: {{ . }}
      {{- end }}
{{- end -}}

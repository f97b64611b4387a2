{{/* The name that every object begins with; short enough for what comes behind it. */}}
{{- define "wederhoor.name" -}}
{{- $usual := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- .Values.fullnameOverride | default $usual | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The labels by which the pods of this release are found. */}}
{{- define "wederhoor.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "wederhoor.labels" -}}
{{ include "wederhoor.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: wederhoor
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* What is said of the pods of one component. Takes root and component. */}}
{{- define "wederhoor.podMetadata" -}}
labels:
  {{- include "wederhoor.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with .root.Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .root.Values.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* One setting from a Secret that exists. Takes name, secret and key. */}}
{{- define "wederhoor.secret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}

{{/* How the application reaches the database. */}}
{{- define "wederhoor.environmentOfDatabase" -}}
{{- include "wederhoor.secret" (dict "name" "WEDERHOOR_DATABASE_URL" "secret" .Values.database.existingSecret "key" .Values.database.key) }}
{{- end -}}

{{/* What serve and worker are told. */}}
{{- define "wederhoor.environment" -}}
{{ include "wederhoor.environmentOfDatabase" . }}
{{- with .Values.database.listenKey }}
{{ include "wederhoor.secret" (dict "name" "WEDERHOOR_LISTEN_DATABASE_URL" "secret" $.Values.database.existingSecret "key" .) }}
{{- end }}
{{ include "wederhoor.secret" (dict "name" "WEDERHOOR_TOKEN_KEY" "secret" .Values.keys.existingSecret "key" .Values.keys.token) }}
{{- with .Values.keys.tokensTaken }}
{{ include "wederhoor.secret" (dict "name" "WEDERHOOR_TOKEN_KEYS_TAKEN" "secret" $.Values.keys.existingSecret "key" .) }}
{{- end }}
{{ include "wederhoor.secret" (dict "name" "WEDERHOOR_SEALING_KEY" "secret" .Values.keys.existingSecret "key" .Values.keys.sealing) }}
{{- with .Values.keys.sealingOlder }}
{{ include "wederhoor.secret" (dict "name" "WEDERHOOR_SEALING_KEYS_OLDER" "secret" $.Values.keys.existingSecret "key" .) }}
{{- end }}
- name: WEDERHOOR_BIND
  value: {{ printf "%s:8080" .Values.listenAddress | quote }}
{{- if .Values.metrics.enabled }}
- name: WEDERHOOR_METRICS_BIND
  value: {{ printf "%s:%d" .Values.listenAddress (int .Values.metrics.port) | quote }}
{{- end }}
{{- with .Values.telemetry.otlp.endpoint }}
- name: WEDERHOOR_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- range $name, $value := .Values.config }}
- name: {{ $name }}
  {{- /* A large number would come out as 1.6777216e+07. */}}
  value: {{ ternary ($value | int64) $value (kindIs "float64" $value) | quote }}
{{- end }}
{{- end -}}

{{/* What the worker is told beside that. */}}
{{- define "wederhoor.environmentOfMail" -}}
{{- if .Values.mail.existingSecret }}
{{ include "wederhoor.secret" (dict "name" "WEDERHOOR_SMTP_URL" "secret" .Values.mail.existingSecret "key" .Values.mail.key) }}
{{- if .Values.mail.ca.existingSecret }}
- name: WEDERHOOR_SMTP_CA_FILE
  value: /etc/wederhoor/mail/ca.crt
{{- end }}
{{- end }}
{{- end -}}

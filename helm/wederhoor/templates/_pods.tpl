{{/* What holds for every pod: nobody in particular, without a way into the cluster. */}}
{{- define "wederhoor.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  {{- with .Values.runAsUser }}
  runAsUser: {{ int64 . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/* What no container may do. */}}
{{- define "wederhoor.confined" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{/* A container of the program. Takes root and the name, args, env and resources; mail: whether it reaches the mail server. */}}
{{- define "wederhoor.program" -}}
name: {{ .name }}
{{- if .root.Values.image.digest }}
image: {{ printf "%s@%s" .root.Values.image.repository .root.Values.image.digest }}
{{- else }}
image: {{ printf "%s:%s" .root.Values.image.repository (.root.Values.image.tag | default .root.Chart.AppVersion) }}
{{- end }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: {{ toJson .args }}
env:
  {{- .env | trim | nindent 2 }}
resources:
  {{- toYaml .resources | nindent 2 }}
{{ include "wederhoor.confined" . }}
{{- $mail := and .mail .root.Values.mail.existingSecret .root.Values.mail.ca.existingSecret }}
{{- if or .root.Values.database.ca.existingSecret $mail }}
volumeMounts:
  {{- if .root.Values.database.ca.existingSecret }}
  - { name: database-ca, mountPath: /etc/wederhoor/database, readOnly: true }
  {{- end }}
  {{- if $mail }}
  - { name: mail-ca, mountPath: /etc/wederhoor/mail, readOnly: true }
  {{- end }}
{{- end }}
{{- end -}}

{{/* The volumes of a pod. Takes root and mail. */}}
{{- define "wederhoor.volumes" -}}
{{- $mail := and .mail .root.Values.mail.existingSecret .root.Values.mail.ca.existingSecret }}
{{- if or .root.Values.database.ca.existingSecret $mail }}
volumes:
  {{- if .root.Values.database.ca.existingSecret }}
  - name: database-ca
    secret:
      secretName: {{ .root.Values.database.ca.existingSecret }}
      items: [{ key: {{ .root.Values.database.ca.key }}, path: ca.crt }]
  {{- end }}
  {{- if $mail }}
  - name: mail-ca
    secret:
      secretName: {{ .root.Values.mail.ca.existingSecret }}
      items: [{ key: {{ .root.Values.mail.ca.key }}, path: ca.crt }]
  {{- end }}
{{- end }}
{{- end -}}

{{/* Waits for the newest schema, as the application, and migrates nothing. Takes root and resources. */}}
{{- define "wederhoor.schemaWaits" -}}
{{- $env := include "wederhoor.environmentOfDatabase" .root }}
{{- include "wederhoor.program" (dict "root" .root "name" "schema" "args" (list "migrate" "--wait") "env" $env "resources" .resources) }}
{{- end -}}

{{/* Over nodes and zones, each version by itself. Takes root and component. */}}
{{- define "wederhoor.spread" -}}
topologySpreadConstraints:
  {{- $spread := dict "kubernetes.io/hostname" .root.Values.topologySpread.node "topology.kubernetes.io/zone" .root.Values.topologySpread.zone }}
  {{- range $key, $otherwise := $spread }}
  - topologyKey: {{ $key }}
    maxSkew: 1
    whenUnsatisfiable: {{ $otherwise }}
    labelSelector:
      matchLabels:
        {{- include "wederhoor.selector" $.root | nindent 8 }}
        app.kubernetes.io/component: {{ $.component }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end -}}

{{/* Whether the process lives, and whether it can do its work. */}}
{{- define "wederhoor.probes" -}}
startupProbe:
  httpGet: { path: /livez, port: http }
  periodSeconds: 2
  failureThreshold: 30
livenessProbe:
  httpGet: { path: /livez, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet: { path: /readyz, port: http }
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}

{{/* The ports of serve and worker. */}}
{{- define "wederhoor.ports" -}}
ports:
  - { name: http, containerPort: 8080 }
  {{- if .Values.metrics.enabled }}
  - { name: metrics, containerPort: {{ int .Values.metrics.port }} }
  {{- end }}
{{- end -}}

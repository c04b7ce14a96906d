#!/bin/sh
# Makes the namespace and registers the search attributes that the workflows set.
set -eu

if ! temporal operator namespace describe --namespace default >/dev/null 2>&1; then
  temporal operator namespace create --namespace default --retention 720h
fi

existing=$(temporal operator search-attribute list --namespace default)
for name in OrganizationId IntegrationId EventType SyncStatus Direction HelpScoutConversationId CustomerEmailHash SyncErrorCode IntegrationState WaitingFor; do
  case "$existing" in
    *"$name"*) ;;
    *) temporal operator search-attribute create --namespace default --name "$name" --type Keyword ;;
  esac
done

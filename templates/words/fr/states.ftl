# The states of an account.

state-archived = Archivé
state-departing = Pré-supprimé
state-suspended = Bloqué
state-to-activate = À activer
state-confirming = En attente de confirmation
state-operational = Opérationnel

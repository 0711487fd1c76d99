# The rules of a password, as the list under the field.

rule-length = Entre { $least } et { $most } caractères.
rule-digit = Au moins un chiffre.
rule-letter = Au moins une lettre.
rule-unlike-identity = { $register ->
    [tu] Ni ton nom ni ton identifiant.
   *[vous] Ni votre nom ni votre identifiant.
}
rule-bits = { $mixed } caractères avec une majuscule et un chiffre, ou { $small } lettres minuscules, ou { $digits } chiffres.
rule-uncommon = Pas un mot de passe trop courant : il serait vite deviné.

rule-met = fait
rule-unmet = à faire
rules-said = Règles respectées : {"{met}"} sur {"{all}"}.

# The rules of a password, as the list under the field.

rule-length = { $least } to { $most } characters.
rule-digit = At least one digit.
rule-letter = At least one letter.
rule-unlike-identity = Neither your name nor your user name.
rule-bits = { $mixed } characters with a capital and a digit, or { $small } small letters, or { $digits } digits.
rule-uncommon = Not a password that is too common: it would be guessed quickly.

rule-met = done
rule-unmet = to do
rules-said = Rules met: {"{met}"} of {"{all}"}.

# The page that shows every piece, in demo mode.

components-title = Composants
components-lead = Les pièces dont toutes les pages sont faites.
components-link = Un lien
components-colours = Couleurs
components-texts = Textes
components-over = Ce qui précède le titre
components-text = Un texte courant, avec un lien et une valeur exacte.
components-hint = Une information utile, sans urgence.
components-fields = Champs
components-actions = Boutons et liens
components-grave = Bloquer le compte
components-later = Pas encore
components-quiet = Action discrète
components-fold = Ce qui peut rester fermé
components-notices = Avis
components-steps = Étapes et avancement
components-step-profile = Profil
components-step-agree = Accord
components-states = États et faits

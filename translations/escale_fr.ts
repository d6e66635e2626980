<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>DockerCommand</name>
    <message>
        <source>The line names no image.</source>
        <translation>La ligne ne nomme aucune image.</translation>
    </message>
    <message>
        <source>%1 stays as it is written: no shell fills it in here.</source>
        <translation>%1 reste tel quel&#xa0;: aucun shell ne le remplace ici.</translation>
    </message>
    <message>
        <source>Only the first command is taken; left out: %1</source>
        <translation>Seule la première commande est prise&#xa0;; laissé de côté&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 is left out: Escale does not have it yet.</source>
        <translation>%1 est laissé de côté&#xa0;: Escale ne l’a pas encore.</translation>
    </message>
    <message>
        <source>This is no “docker run” line.</source>
        <translation>Ce n’est pas une ligne «&#xa0;docker run&#xa0;».</translation>
    </message>
    <message>
        <source>its value is missing.</source>
        <translation>sa valeur manque.</translation>
    </message>
    <message>
        <source>docker run has no option %1.</source>
        <translation>docker run n’a pas d’option %1.</translation>
    </message>
    <message>
        <source>-e %1 has no value here: write %1=value.</source>
        <translation>-e %1 n’a pas de valeur ici&#xa0;: écrivez %1=valeur.</translation>
    </message>
    <message>
        <source>%1 is left out: the container gets the network bridge.</source>
        <translation>%1 est laissé de côté&#xa0;: le conteneur reçoit le réseau bridge.</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1, ligne %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>this is no UTF-8 text.</source>
        <translation>ce n’est pas du texte UTF-8.</translation>
    </message>
    <message>
        <source>the name before “=” is missing.</source>
        <translation>le nom avant «&#xa0;=&#xa0;» manque.</translation>
    </message>
    <message>
        <source>the name “%1” holds a blank.</source>
        <translation>le nom «&#xa0;%1&#xa0;» contient une espace.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2</source>
        <translation>Le fichier %1 ne peut pas être lu&#xa0;: %2</translation>
    </message>
    <message>
        <source>it is no ordinary file.</source>
        <translation>ce n’est pas un fichier ordinaire.</translation>
    </message>
    <message>
        <source>it is larger than 1 MiB.</source>
        <translation>il dépasse 1 Mio.</translation>
    </message>
    <message>
        <source>A quotation mark (%1) stays open.</source>
        <translation>Un guillemet (%1) n’est pas refermé.</translation>
    </message>
</context>
<context>
    <name>DockerOption</name>
    <message>
        <source>Write NAME=value.</source>
        <translation>Écrivez NOM=valeur.</translation>
    </message>
    <message>
        <source>Write on-failure:3.</source>
        <translation>Écrivez on-failure:3.</translation>
    </message>
    <message>
        <source>Give at least %1.</source>
        <translation>Donnez au moins %1.</translation>
    </message>
    <message>
        <source>Give %1 to %2.</source>
        <translation>Donnez une valeur de %1 à %2.</translation>
    </message>
    <message>
        <source>Write a number, for example 1.5.</source>
        <translation>Écrivez un nombre, par exemple 1.5.</translation>
    </message>
    <message>
        <source>Write a whole number.</source>
        <translation>Écrivez un nombre entier.</translation>
    </message>
    <message>
        <source>Write a number with k, m or g behind it, for example 512m.</source>
        <translation>Écrivez un nombre suivi de k, m ou g, par exemple 512m.</translation>
    </message>
    <message>
        <source>Write a command.</source>
        <translation>Écrivez une commande.</translation>
    </message>
    <message>
        <source>The first word is empty.</source>
        <translation>Le premier mot est vide.</translation>
    </message>
    <message>
        <source>Choose one of: %1.</source>
        <translation>Choisissez parmi&#xa0;: %1.</translation>
    </message>
    <message>
        <source>It holds a NUL character.</source>
        <translation>Il contient un caractère NUL.</translation>
    </message>
    <message>
        <source>Write a time as 30s, 1m30s or 500ms.</source>
        <translation>Écrivez une durée comme 30s, 1m30s ou 500ms.</translation>
    </message>
    <message>
        <source>A container that is removed when it stops cannot be restarted, too.</source>
        <translation>Un conteneur supprimé à son arrêt ne peut pas aussi être redémarré.</translation>
    </message>
    <message>
        <source>A number of restarts goes with the policy on-failure only.</source>
        <translation>Un nombre de redémarrages ne va qu’avec la politique on-failure.</translation>
    </message>
    <message>
        <source>Ports can be published on the network bridge only.</source>
        <translation>Les ports ne peuvent être publiés que sur le réseau bridge.</translation>
    </message>
    <message>
        <source>With the host&apos;s own name, no other can be given.</source>
        <translation>Avec le nom de l’hôte, aucun autre ne peut être donné.</translation>
    </message>
    <message>
        <source>A number of CPUs and a quota exclude each other.</source>
        <translation>Un nombre de processeurs et un quota s’excluent.</translation>
    </message>
    <message>
        <source>Give at least 1000 µs, or -1 for no limit.</source>
        <translation>Donnez au moins 1000 µs, ou -1 pour aucune limite.</translation>
    </message>
    <message>
        <source>It is above the memory limit.</source>
        <translation>Elle dépasse la limite de mémoire.</translation>
    </message>
    <message>
        <source>A limit of swap needs a limit of memory.</source>
        <translation>Une limite d’échange demande une limite de mémoire.</translation>
    </message>
    <message>
        <source>It counts memory and swap together, so it cannot be below the memory.</source>
        <translation>Elle compte mémoire et échange ensemble&#xa0;: elle ne peut pas être inférieure à la mémoire.</translation>
    </message>
    <message>
        <source>A name has two or more letters, digits, “_”, “.” or “-”, and begins with a letter or a digit.</source>
        <translation>Un nom a au moins deux lettres, chiffres, «&#xa0;_&#xa0;», «&#xa0;.&#xa0;» ou «&#xa0;-&#xa0;», et commence par une lettre ou un chiffre.</translation>
    </message>
    <message>
        <source>Use letters, digits, hyphens and dots, at most 64 of them.</source>
        <translation>Utilisez des lettres, des chiffres, des tirets et des points, 64 au plus.</translation>
    </message>
    <message>
        <source>Begin it with a slash.</source>
        <translation>Commencez par une barre oblique.</translation>
    </message>
    <message>
        <source>Write an absolute path below /, for example /run.</source>
        <translation>Écrivez un chemin absolu sous /, par exemple /run.</translation>
    </message>
    <message>
        <source>Give a signal&apos;s name, for example SIGINT, or its number.</source>
        <translation>Donnez le nom d’un signal, par exemple SIGINT, ou son numéro.</translation>
    </message>
    <message>
        <source>Write numbers as 0-2,4.</source>
        <translation>Écrivez des nombres comme 0-2,4.</translation>
    </message>
    <message>
        <source>Write /dev/DEVICE:NUMBER, for example /dev/sda:10m.</source>
        <translation>Écrivez /dev/PÉRIPHÉRIQUE:NOMBRE, par exemple /dev/sda:10m.</translation>
    </message>
    <message>
        <source>Write /dev/HOST, /dev/HOST:/dev/INSIDE or /dev/HOST:/dev/INSIDE:rwm.</source>
        <translation>Écrivez /dev/HÔTE, /dev/HÔTE:/dev/DEDANS ou /dev/HÔTE:/dev/DEDANS:rwm.</translation>
    </message>
    <message>
        <source>Write TYPE MAJOR:MINOR ACCESS, for example c 10:229 rwm.</source>
        <translation>Écrivez TYPE MAJEUR:MINEUR ACCÈS, par exemple c 10:229 rwm.</translation>
    </message>
    <message>
        <source>Write NAME=SOFT:HARD, for example nofile=1024:4096.</source>
        <translation>Écrivez NOM=SOUPLE:DURE, par exemple nofile=1024:4096.</translation>
    </message>
    <message>
        <source>The soft limit is above the hard limit.</source>
        <translation>La limite souple dépasse la limite dure.</translation>
    </message>
    <message>
        <source>There is no such capability; one is NET_ADMIN.</source>
        <translation>Cette capacité n’existe pas&#xa0;; un exemple&#xa0;: NET_ADMIN.</translation>
    </message>
    <message>
        <source>Write [ADDRESS:][PORT:]CONTAINERPORT[/tcp|udp|sctp].</source>
        <translation>Écrivez [ADRESSE:][PORT:]PORTDUCONTENEUR[/tcp|udp|sctp].</translation>
    </message>
    <message>
        <source>Make both ranges equally long.</source>
        <translation>Donnez la même longueur aux deux plages.</translation>
    </message>
    <message>
        <source>Write an IPv4 or IPv6 address.</source>
        <translation>Écrivez une adresse IPv4 ou IPv6.</translation>
    </message>
    <message>
        <source>Write one word a line.</source>
        <translation>Écrivez un mot par ligne.</translation>
    </message>
    <message>
        <source>Write NAME:ADDRESS, for example db:192.168.1.5.</source>
        <translation>Écrivez NOM:ADRESSE, par exemple db:192.168.1.5.</translation>
    </message>
    <message>
        <source>Give at least 256k, or -1 for no limit.</source>
        <translation>Donnez au moins 256k, ou -1 pour aucune limite.</translation>
    </message>
    <message>
        <source>Give a number from 1 to 1000.</source>
        <translation>Donnez un nombre de 1 à 1000.</translation>
    </message>
    <message>
        <source>The log options are max-size, max-file and compress.</source>
        <translation>Les options du journal sont max-size, max-file et compress.</translation>
    </message>
    <message>
        <source>This is no seccomp profile: it must be a JSON object, or “unconfined”.</source>
        <translation>Ce n’est pas un profil seccomp&#xa0;: il faut un objet JSON, ou «&#xa0;unconfined&#xa0;».</translation>
    </message>
</context>
<context>
    <name>escale::gui::Client</name>
    <message>
        <source>The engine does not answer: %1</source>
        <translation>Le moteur ne répond pas&#xa0;: %1</translation>
    </message>
    <message>
        <source>Check that the service escale-helper is installed and runs, then try again.</source>
        <translation>Vérifiez que le service escale-helper est installé et fonctionne, puis réessayez.</translation>
    </message>
    <message>
        <source>The system&apos;s message bus refuses this account. Ask an administrator for access to org.escale.Engine1.</source>
        <translation>Le bus de messages du système refuse ce compte. Demandez à un administrateur l’accès à org.escale.Engine1.</translation>
    </message>
</context>
<context>
    <name>escale::gui::Confirmation</name>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerState</name>
    <message>
        <source>ran out of memory (%1)</source>
        <translation>à court de mémoire (%1)</translation>
    </message>
    <message>
        <source>command cannot be executed (126)</source>
        <translation>commande non exécutable (126)</translation>
    </message>
    <message>
        <source>command not found (127)</source>
        <translation>commande introuvable (127)</translation>
    </message>
    <message>
        <source>stopped by %1 (%2)</source>
        <translation>arrêté par %1 (%2)</translation>
    </message>
    <message>
        <source>killed by %1 (%2)</source>
        <translation>tué par %1 (%2)</translation>
    </message>
    <message>
        <source>exited (%1)</source>
        <translation>terminé (%1)</translation>
    </message>
    <message>
        <source>failed (%1)</source>
        <translation>en échec (%1)</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en marche</translation>
    </message>
    <message>
        <source>created</source>
        <translation>créé</translation>
    </message>
    <message>
        <source>could not start</source>
        <translation>n’a pas pu démarrer</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerTabs</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Consommation</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Image digest</source>
        <translation>Empreinte de l’image</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>the image&apos;s own</source>
        <translation>celle de l’image</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Process on this machine</source>
        <translation>Processus sur cette machine</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Création</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Démarré</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Fin</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainersModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Démarré</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainersPane</name>
    <message>
        <source>Reading the containers…</source>
        <translation>Lecture des conteneurs…</translation>
    </message>
    <message>
        <source>St&amp;art</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>&amp;Copy id</source>
        <translation>&amp;Copier l’identifiant</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n conteneur</numerusform>
            <numerusform>%n conteneurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n en marche</numerusform>
            <numerusform>%n en marche</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter containers</source>
        <translation>Filtrer les conteneurs</translation>
    </message>
    <message>
        <source>Read the list of containers</source>
        <translation>Lire la liste des conteneurs</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No containers yet</source>
        <translation>Pas encore de conteneur</translation>
    </message>
    <message>
        <source>Choose an image and press Run: a container starts from it and shows up here.</source>
        <translation>Choisissez une image et appuyez sur Exécuter&#xa0;: un conteneur en démarre et apparaît ici.</translation>
    </message>
    <message>
        <source>Show the images</source>
        <translation>Afficher les images</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Arrêter %1</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>“%1” is running. Kill it and remove it with all files written in it?</source>
        <translation>«&#xa0;%1&#xa0;» est en marche. Le tuer et le supprimer avec tous les fichiers qui y ont été écrits&#x202f;?</translation>
    </message>
    <message>
        <source>Remove “%1” with all files written in it?</source>
        <translation>Supprimer «&#xa0;%1&#xa0;» avec tous les fichiers qui y ont été écrits&#x202f;?</translation>
    </message>
    <message>
        <source>Kill and remove</source>
        <translation>Tuer et supprimer</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::EngineClient</name>
    <message>
        <source>The system&apos;s message bus cannot be reached: %1</source>
        <translation>Le bus de messages du système est injoignable&#xa0;: %1</translation>
    </message>
    <message>
        <source>Check that D-Bus runs (dbus.service), then try again.</source>
        <translation>Vérifiez que D-Bus fonctionne (dbus.service), puis réessayez.</translation>
    </message>
    <message>
        <source>The engine ended while it was at work.</source>
        <translation>Le moteur s’est arrêté en plein travail.</translation>
    </message>
    <message>
        <source>What was half-done is cleaned up when it starts again; try once more.</source>
        <translation>Ce qui était à moitié fait est nettoyé à son redémarrage&#x202f;; réessayez.</translation>
    </message>
    <message>
        <source>not connected to the system&apos;s message bus</source>
        <translation>pas de connexion au bus de messages du système</translation>
    </message>
</context>
<context>
    <name>escale::gui::ErrorBanner</name>
    <message>
        <source>Check the address and the network, then try again.</source>
        <translation>Vérifiez l’adresse et le réseau, puis réessayez.</translation>
    </message>
    <message>
        <source>Check the name; it may have been removed meanwhile.</source>
        <translation>Vérifiez le nom&#x202f;; l’objet a pu être supprimé entre-temps.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>Remove what uses it first.</source>
        <translation>Supprimez d’abord ce qui l’utilise.</translation>
    </message>
    <message>
        <source>Ask an administrator of this machine.</source>
        <translation>Adressez-vous à un administrateur de cette machine.</translation>
    </message>
    <message>
        <source>Give a user name and a password, then try again.</source>
        <translation>Donnez un nom d’utilisateur et un mot de passe, puis réessayez.</translation>
    </message>
    <message>
        <source>Wait a few minutes, or log in for a higher limit.</source>
        <translation>Attendez quelques minutes, ou connectez-vous pour une limite plus haute.</translation>
    </message>
    <message>
        <source>Nothing was kept. Try again; if it stays, do not trust this image.</source>
        <translation>Rien n’a été gardé. Réessayez&#x202f;; si cela persiste, ne faites pas confiance à cette image.</translation>
    </message>
    <message>
        <source>Free some disk space, then try again.</source>
        <translation>Libérez de l’espace disque, puis réessayez.</translation>
    </message>
    <message>
        <source>This is a defect of Escale; please report it.</source>
        <translation>C’est un défaut d’Escale&#x202f;; merci de le signaler.</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::Format</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>il y a %n seconde</numerusform>
            <numerusform>il y a %n secondes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>il y a %n minute</numerusform>
            <numerusform>il y a %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>il y a %n heure</numerusform>
            <numerusform>il y a %n heures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>il y a %n jour</numerusform>
            <numerusform>il y a %n jours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>il y a %n mois</numerusform>
            <numerusform>il y a %n mois</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>il y a %n an</numerusform>
            <numerusform>il y a %n ans</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ImagesModel</name>
    <message>
        <source>Repository</source>
        <translation>Dépôt</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Étiquette</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Création</translation>
    </message>
</context>
<context>
    <name>escale::gui::ImagesPane</name>
    <message>
        <source>Reading the images…</source>
        <translation>Lecture des images…</translation>
    </message>
    <message>
        <source>&amp;Run…</source>
        <translation>&amp;Exécuter…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>&amp;Copy digest</source>
        <translation>&amp;Copier l’empreinte</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation>Filtrer les images</translation>
    </message>
    <message>
        <source>Read the list of images</source>
        <translation>Lire la liste des images</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No images yet</source>
        <translation>Pas encore d’image</translation>
    </message>
    <message>
        <source>Pull one from a registry: it stays on this machine, and containers start from it.</source>
        <translation>Téléchargez-en une depuis un registre&#xa0;: elle reste sur cette machine et les conteneurs en démarrent.</translation>
    </message>
    <message>
        <source>Open the registry</source>
        <translation>Ouvrir le registre</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architecture</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Téléchargé</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Sur le disque</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Création</translation>
    </message>
    <message>
        <source>Pulled</source>
        <translation>Reçue</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
    </message>
    <message>
        <source>Remove the image “%1”? It can be pulled again.</source>
        <translation>Supprimer l’image «&#xa0;%1&#xa0;»&#x202f;? Elle peut être téléchargée de nouveau.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::Job</name>
    <message>
        <source>Pull %1</source>
        <translation>Télécharger %1</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Arrêter %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>Redémarrer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::JobRow</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Annuler&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::JobsDrawer</name>
    <message>
        <source>Nothing runs. Pulls, starts and stops show up here with their progress.</source>
        <translation>Rien en cours. Les téléchargements, démarrages et arrêts apparaissent ici avec leur progression.</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Travaux</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>Afficher les travaux</translation>
    </message>
    <message>
        <source>Forget ended jobs</source>
        <translation>Oublier les travaux terminés</translation>
    </message>
    <message>
        <source>Hide the jobs</source>
        <translation>Masquer les travaux</translation>
    </message>
    <message>
        <source>nothing runs</source>
        <translation>rien en cours</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>job: how it goes</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Reaching the engine…</source>
        <translation>Connexion au moteur…</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>Moteur prêt</translation>
    </message>
    <message>
        <source>Engine not reachable</source>
        <translation>Moteur injoignable</translation>
    </message>
</context>
<context>
    <name>escale::gui::LayersModel</name>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>escale::gui::LogTab</name>
    <message>
        <source>Nothing written yet</source>
        <translation>Rien d’écrit pour l’instant</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>Ouvrir le journal</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>escale::gui::LogView</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Chercher dans le journal</translation>
    </message>
    <message>
        <source>Only lines that match</source>
        <translation>Seulement les lignes qui correspondent</translation>
    </message>
    <message>
        <source>Time stamps</source>
        <translation>Horodatage</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Replier les longues lignes</translation>
    </message>
    <message>
        <source>Follow the end</source>
        <translation>Suivre la fin</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F</source>
        <comment>shortcut: find in the log</comment>
        <translation>Ctrl+Shift+F</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::LoginRow</name>
    <message>
        <source>User name</source>
        <translation>Nom d’utilisateur</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>Mot de passe ou jeton</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>%1 asks who you are.</source>
        <translation>%1 demande qui vous êtes.</translation>
    </message>
</context>
<context>
    <name>escale::gui::MainWindow</name>
    <message>
        <source>Registry</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Ctrl+1</source>
        <translation>Ctrl+1</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Ctrl+2</source>
        <translation>Ctrl+2</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Ctrl+3</source>
        <translation>Ctrl+3</translation>
    </message>
    <message>
        <source>&amp;Escale</source>
        <translation>&amp;Escale</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Paramètres…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Registry</source>
        <translation>&amp;Registre</translation>
    </message>
    <message>
        <source>&amp;Images</source>
        <translation>&amp;Images</translation>
    </message>
    <message>
        <source>&amp;Containers</source>
        <translation>&amp;Conteneurs</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtrer</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>&amp;Travaux</translation>
    </message>
    <message>
        <source>&amp;Reach the engine again</source>
        <translation>Se reconnecter au &amp;moteur</translation>
    </message>
    <message>
        <source>&amp;Actions</source>
        <translation>A&amp;ctions</translation>
    </message>
    <message>
        <source>The engine is not reachable</source>
        <translation>Le moteur est injoignable</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>escale::gui::NavigationBar</name>
    <message>
        <source>Panes</source>
        <translation>Volets</translation>
    </message>
</context>
<context>
    <name>escale::gui::Progress</name>
    <message>
        <source>done</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::PullPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>already here</source>
        <translation>déjà présente</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Couche %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::RegistryPane</name>
    <message>
        <source>&amp;Browse</source>
        <translation>&amp;Parcourir</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <source>&amp;Pull</source>
        <translation>&amp;Télécharger</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>Dépôts</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Which registry?</source>
        <translation>Quel registre&#x202f;?</translation>
    </message>
    <message>
        <source>Write a registry&apos;s address above to see what it has. Docker Hub shows no list: pull from it by name, such as “debian:12”.</source>
        <translation>Écrivez ci-dessus l’adresse d’un registre pour voir ce qu’il contient. Docker Hub ne montre pas de liste&#xa0;: téléchargez par nom, par exemple «&#xa0;debian:12&#xa0;».</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Image to pull by name</source>
        <translation>Image à télécharger par son nom</translation>
    </message>
    <message>
        <source>Pull by name</source>
        <translation>Télécharger par nom</translation>
    </message>
    <message>
        <source>&amp;Registry</source>
        <translation>&amp;Registre</translation>
    </message>
    <message>
        <source>or by &amp;name</source>
        <translation>ou par &amp;nom</translation>
    </message>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n dépôt</numerusform>
            <numerusform>%n dépôts</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter repositories</source>
        <translation>Filtrer les dépôts</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Interrogation de %1…</translation>
    </message>
    <message>
        <source>No list of repositories</source>
        <translation>Pas de liste de dépôts</translation>
    </message>
    <message>
        <source>A registry need not show one. Pull by name above.</source>
        <translation>Un registre n’est pas tenu d’en montrer une. Téléchargez par nom ci-dessus.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>This registry is empty</source>
        <translation>Ce registre est vide</translation>
    </message>
    <message>
        <source>Push an image to it, or browse another one.</source>
        <translation>Envoyez-y une image ou parcourez-en un autre.</translation>
    </message>
    <message>
        <source>Reading the tags…</source>
        <translation>Lecture des étiquettes…</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>Aucune étiquette</translation>
    </message>
    <message>
        <source>Nothing in this repository has a name.</source>
        <translation>Rien dans ce dépôt ne porte de nom.</translation>
    </message>
    <message>
        <source>Choose a tag</source>
        <translation>Choisissez une étiquette</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problème</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plateformes</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Téléchargement</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Pull %1</source>
        <translation>Télécharger %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::RunDialog</name>
    <message>
        <source>Remove the container when it &amp;stops</source>
        <translation>Supprimer le conteneur à son &amp;arrêt</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Exécuter</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
    </message>
    <message>
        <source>chosen for you</source>
        <translation>choisi pour vous</translation>
    </message>
    <message>
        <source>the image&apos;s own</source>
        <translation>celle de l’image</translation>
    </message>
    <message>
        <source> MiB</source>
        <comment>mebibytes</comment>
        <translation>&#xa0;Mio</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>Bridge: an address and a way out</source>
        <translation>Pont&#xa0;: une adresse et un accès vers l’extérieur</translation>
    </message>
    <message>
        <source>None: cut off</source>
        <translation>Aucun&#xa0;: coupé de tout</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>&amp;Commande</translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation>&amp;Mémoire</translation>
    </message>
    <message>
        <source>C&amp;PUs</source>
        <translation>&amp;Processeurs</translation>
    </message>
    <message>
        <source>Pr&amp;ocesses, at most</source>
        <translation>Pr&amp;ocessus, au plus</translation>
    </message>
    <message>
        <source>N&amp;etwork</source>
        <translation>&amp;Réseau</translation>
    </message>
    <message>
        <source>A name has two or more letters, digits, “_”, “.” or “-”, and begins with a letter or a digit.</source>
        <translation>Un nom compte au moins deux lettres, chiffres, «&#xa0;_&#xa0;», «&#xa0;.&#xa0;» ou «&#xa0;-&#xa0;», et commence par une lettre ou un chiffre.</translation>
    </message>
    <message>
        <source>A quotation mark in the command stays open.</source>
        <translation>Un guillemet de la commande reste ouvert.</translation>
    </message>
</context>
<context>
    <name>escale::gui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Apparence</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The language changes with the next start of Escale.</source>
        <translation>La langue changera au prochain démarrage d’Escale.</translation>
    </message>
</context>
<context>
    <name>escale::gui::UsageChart</name>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <comment>left end of the time axis</comment>
        <translation>
            <numerusform>il y a %n seconde</numerusform>
            <numerusform>il y a %n secondes</numerusform>
        </translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
</context>
<context>
    <name>escale::gui::UsageTab</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>The container does not run: there is nothing to measure.</source>
        <translation>Le conteneur n’est pas en marche&#xa0;: rien à mesurer.</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%n processus</numerusform>
            <numerusform>%n processus</numerusform>
        </translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>sur %1</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
</context>
</TS>

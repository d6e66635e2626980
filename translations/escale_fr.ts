<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>ActionTrace</name>
    <message>
        <source>Copy from %1</source>
        <translation>Copier depuis %1</translation>
    </message>
    <message>
        <source>Copy into %1</source>
        <translation>Copier dans %1</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>Exporter %1</translation>
    </message>
    <message>
        <source>Make an image of %1</source>
        <translation>Créer une image de %1</translation>
    </message>
    <message>
        <source>Run a command in %1</source>
        <translation>Exécuter une commande dans %1</translation>
    </message>
    <message>
        <source>Attach to %1</source>
        <translation>S’attacher à %1</translation>
    </message>
    <message>
        <source>Send a signal to %1</source>
        <translation>Envoyer un signal à %1</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
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
        <source>Restart %1</source>
        <translation>Redémarrer %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Mettre en pause %1</translation>
    </message>
    <message>
        <source>Unpause %1</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>Renommer %1 en %2</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Modifier %1</translation>
    </message>
    <message>
        <source>Remove the containers that do not run</source>
        <translation>Supprimer les conteneurs qui ne tournent pas</translation>
    </message>
    <message>
        <source>Pull %1</source>
        <translation>Télécharger %1</translation>
    </message>
    <message>
        <source>Remove the image %1</source>
        <translation>Supprimer l’image %1</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>Créer %1</translation>
    </message>
    <message>
        <source>Name an image %1</source>
        <translation>Nommer une image %1</translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>Envoyer %1</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Enregistrer %1</translation>
    </message>
    <message>
        <source>Load images from a file</source>
        <translation>Charger les images d’un fichier</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>Importer %1</translation>
    </message>
    <message>
        <source>Remove the images that are not used</source>
        <translation>Supprimer les images inutilisées</translation>
    </message>
    <message>
        <source>Verify the images, and mend them</source>
        <translation>Vérifier les images et les réparer</translation>
    </message>
    <message>
        <source>Verify the images</source>
        <translation>Vérifier les images</translation>
    </message>
    <message>
        <source>Create the network %1</source>
        <translation>Créer le réseau %1</translation>
    </message>
    <message>
        <source>Remove the networks that are not used</source>
        <translation>Supprimer les réseaux inutilisés</translation>
    </message>
    <message>
        <source>Remove the network %1</source>
        <translation>Supprimer le réseau %1</translation>
    </message>
    <message>
        <source>Move %1 to a free subnet</source>
        <translation>Déplacer %1 vers un sous-réseau libre</translation>
    </message>
    <message>
        <source>Connect %1 to %2</source>
        <translation>Connecter %1 à %2</translation>
    </message>
    <message>
        <source>Disconnect %1 from %2</source>
        <translation>Déconnecter %1 de %2</translation>
    </message>
    <message>
        <source>Make the folder %1 in %2</source>
        <translation>Créer le dossier %1 dans %2</translation>
    </message>
    <message>
        <source>Rename %1 in %2</source>
        <translation>Renommer %1 dans %2</translation>
    </message>
    <message>
        <source>Remove files of %1</source>
        <translation>Supprimer des fichiers de %1</translation>
    </message>
    <message>
        <source>Change who may use %1 in %2</source>
        <translation>Changer les droits de %1 dans %2</translation>
    </message>
    <message>
        <source>Copy from the volume %1</source>
        <translation>Copier depuis le volume %1</translation>
    </message>
    <message>
        <source>Copy into the volume %1</source>
        <translation>Copier dans le volume %1</translation>
    </message>
    <message>
        <source>Create the volume %1</source>
        <translation>Créer le volume %1</translation>
    </message>
    <message>
        <source>Remove the volume %1</source>
        <translation>Supprimer le volume %1</translation>
    </message>
    <message>
        <source>Remove the volumes that are not used</source>
        <translation>Supprimer les volumes inutilisés</translation>
    </message>
    <message>
        <source>Count what is in volumes</source>
        <translation>Compter le contenu des volumes</translation>
    </message>
    <message>
        <source>Back up %1</source>
        <translation>Sauvegarder %1</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>Restaurer %1</translation>
    </message>
    <message>
        <source>an image</source>
        <translation>une image</translation>
    </message>
    <message>
        <source>Build %1</source>
        <translation>Construire %1</translation>
    </message>
    <message>
        <source>Take builds out of the history</source>
        <translation>Retirer des constructions de l’historique</translation>
    </message>
    <message>
        <source>Make an image of a failed step</source>
        <translation>Faire une image d’une étape échouée</translation>
    </message>
    <message>
        <source>Shrink the build cache</source>
        <translation>Réduire le cache de construction</translation>
    </message>
</context>
<context>
    <name>AddressText</name>
    <message>
        <source>This is no IPv6 address.</source>
        <translation>Ce n’est pas une adresse IPv6.</translation>
    </message>
    <message>
        <source>This is no IPv4 address.</source>
        <translation>Ce n’est pas une adresse IPv4.</translation>
    </message>
    <message>
        <source>It is not in the network&apos;s subnet, %1.</source>
        <translation>Elle n’est pas dans le sous-réseau, %1.</translation>
    </message>
    <message>
        <source>Write an address and a length, for example fd00:5::/64.</source>
        <translation>Écrivez une adresse et une longueur, par exemple fd00:5::/64.</translation>
    </message>
    <message>
        <source>Write an address and a length, for example 10.5.0.0/24.</source>
        <translation>Écrivez une adresse et une longueur, par exemple 10.5.0.0/24.</translation>
    </message>
</context>
<context>
    <name>BuildModel</name>
    <message>
        <source>stage %1</source>
        <translation>étape %1</translation>
    </message>
</context>
<context>
    <name>BuildSettings</name>
    <message>
        <source>Choose a folder with a Dockerfile.</source>
        <translation>Choisissez un dossier avec un Dockerfile.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Il n’y a pas de dossier %1.</translation>
    </message>
    <message>
        <source>A secret&apos;s name is made of letters, digits, “_”, “.” and “-”: %1</source>
        <translation>Le nom d’un secret est fait de lettres, de chiffres, de « _ », « . » et « - » : %1</translation>
    </message>
    <message>
        <source>Choose the file of the secret %1.</source>
        <translation>Choisissez le fichier du secret %1.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Il n’y a pas de fichier %1.</translation>
    </message>
    <message>
        <source>Choose the file that the image is saved in.</source>
        <translation>Choisissez le fichier où l’image est enregistrée.</translation>
    </message>
    <message>
        <source>Choose the folder that the files are written to.</source>
        <translation>Choisissez le dossier où les fichiers sont écrits.</translation>
    </message>
    <message>
        <source>Name the image to push it: registry/name:tag.</source>
        <translation>Nommez l’image pour l’envoyer : registre/nom:étiquette.</translation>
    </message>
    <message>
        <source>“%1” is no image name: lower-case letters, digits and “-”, as in shop/web:1.2.</source>
        <translation>« %1 » n’est pas un nom d’image : des minuscules, des chiffres et « - », comme dans boutique/web:1.2.</translation>
    </message>
    <message>
        <source>“%1” has a digest, which nobody can choose.</source>
        <translation>« %1 » a une empreinte, que personne ne peut choisir.</translation>
    </message>
    <message>
        <source>No SSH agent runs in this session: start one with ssh-add, or leave it out.</source>
        <translation>Aucun agent SSH ne tourne dans cette session : lancez-en un avec ssh-add, ou passez-vous-en.</translation>
    </message>
</context>
<context>
    <name>BuildStart</name>
    <message>
        <source>Listing the files: %1</source>
        <translation>Inventaire des fichiers : %1</translation>
    </message>
    <message>
        <source>Sending the files: %1 of %2, %3 of %4</source>
        <translation>Envoi des fichiers : %1 sur %2, %3 sur %4</translation>
    </message>
</context>
<context>
    <name>BuildTemplates</name>
    <message>
        <source>Node.js</source>
        <translation>Node.js</translation>
    </message>
    <message>
        <source>A server in JavaScript: packages from the lock file with npm ci, only those of production in the image.</source>
        <translation>Un serveur en JavaScript : les paquets du fichier de verrouillage avec npm ci, dans l&apos;image seulement ceux de production.</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>A program with requirements.txt: a virtual environment made in one stage and copied into the next.</source>
        <translation>Un programme avec requirements.txt : un environnement virtuel créé dans une étape et copié dans la suivante.</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Go</translation>
    </message>
    <message>
        <source>A program without any library around it: the image holds it, certificates, and nothing else.</source>
        <translation>Un programme sans aucune bibliothèque autour : l&apos;image contient le programme, des certificats, et rien d&apos;autre.</translation>
    </message>
    <message>
        <source>Rust</source>
        <translation>Rust</translation>
    </message>
    <message>
        <source>Cargo with caches for the registry and for what was compiled; the image holds the program alone.</source>
        <translation>Cargo avec des caches pour le registre et pour ce qui est compilé ; l&apos;image ne contient que le programme.</translation>
    </message>
    <message>
        <source>Java</source>
        <translation>Java</translation>
    </message>
    <message>
        <source>Maven builds, a Java runtime without the compiler runs.</source>
        <translation>Maven construit, un environnement Java sans compilateur exécute.</translation>
    </message>
    <message>
        <source>C++</source>
        <translation>C++</translation>
    </message>
    <message>
        <source>CMake and Ninja build with ccache; the image holds the program and the libraries it needs.</source>
        <translation>CMake et Ninja construisent avec ccache ; l&apos;image contient le programme et les bibliothèques qu&apos;il lui faut.</translation>
    </message>
    <message>
        <source>Static pages (nginx)</source>
        <translation>Pages statiques (nginx)</translation>
    </message>
    <message>
        <source>Pages built with Node.js, served by nginx as a user without rights.</source>
        <translation>Des pages construites avec Node.js, servies par nginx sous un utilisateur sans droits.</translation>
    </message>
    <message>
        <source>PHP</source>
        <translation>PHP</translation>
    </message>
    <message>
        <source>Composer installs the packages, Apache with PHP serves the application.</source>
        <translation>Composer installe les paquets, Apache avec PHP sert l&apos;application.</translation>
    </message>
</context>
<context>
    <name>CgroupReading</name>
    <message>
        <source>%1 · no limit</source>
        <translation>%1 · sans limite</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1 processors</source>
        <translation>%1 processeur(s)</translation>
    </message>
    <message>
        <source>writes %1</source>
        <translation>écrit %1</translation>
    </message>
    <message>
        <source>reads %1, writes %2 · no limit</source>
        <translation>lit %1, écrit %2 · sans limite</translation>
    </message>
</context>
<context>
    <name>CgroupText</name>
    <message>
        <source>bytes</source>
        <translation>octets</translation>
    </message>
    <message>
        <source>processes and threads</source>
        <translation>processus et fils (threads)</translation>
    </message>
    <message>
        <source>microseconds</source>
        <translation>microsecondes</translation>
    </message>
    <message>
        <source>nanoseconds</source>
        <translation>nanosecondes</translation>
    </message>
    <message>
        <source>how often</source>
        <translation>nombre de fois</translation>
    </message>
    <message>
        <source>device, bytes a second</source>
        <translation>périphérique, octets par seconde</translation>
    </message>
    <message>
        <source>device, operations a second</source>
        <translation>périphérique, opérations par seconde</translation>
    </message>
    <message>
        <source>What kind of cgroup it is: &quot;domain&quot; for an ordinary one, &quot;threaded&quot; when it divides threads.</source>
        <translation>Le genre de cgroup&#xa0;: «&#xa0;domain&#xa0;» pour un cgroup ordinaire, «&#xa0;threaded&#xa0;» quand il partage des fils (threads).</translation>
    </message>
    <message>
        <source>The controllers that it may use: those that the cgroup above hands down.</source>
        <translation>Les contrôleurs qu’il peut employer&#xa0;: ceux que le cgroup au-dessus lui transmet.</translation>
    </message>
    <message>
        <source>The controllers that it hands down to the cgroups below it.</source>
        <translation>Les contrôleurs qu’il transmet aux cgroups au-dessous de lui.</translation>
    </message>
    <message>
        <source>How many levels of cgroups there may be below it.</source>
        <translation>Combien de niveaux de cgroups il peut y avoir au-dessous.</translation>
    </message>
    <message>
        <source>How many cgroups there may be below it.</source>
        <translation>Combien de cgroups il peut y avoir au-dessous.</translation>
    </message>
    <message>
        <source>1: all its processes stand still. Pausing a container writes it.</source>
        <translation>1&#xa0;: tous ses processus sont figés. Mettre un conteneur en pause écrit ici.</translation>
    </message>
    <message>
        <source>Whether anything lives in it (populated), and whether it stands still (frozen).</source>
        <translation>S’il contient quelque chose de vivant (populated), et s’il est figé (frozen).</translation>
    </message>
    <message>
        <source>How many cgroups are below it, and how many removed ones the kernel still keeps.</source>
        <translation>Combien de cgroups sont au-dessous, et combien de cgroups supprimés le noyau garde encore.</translation>
    </message>
    <message>
        <source>The time that its processes may have in each period: quota and period. 50000 100000 is half a processor; &quot;max&quot; is no limit.</source>
        <translation>Le temps que ses processus peuvent avoir à chaque période&#xa0;: quota et période. 50000 100000, c’est un demi-processeur&#xa0;; «&#xa0;max&#xa0;», pas de limite.</translation>
    </message>
    <message>
        <source>How much unused time it may save up for a later period.</source>
        <translation>Combien de temps inemployé il peut garder pour une période suivante.</translation>
    </message>
    <message>
        <source>Its share when several cgroups want the same processor: twice the weight, twice the time. No limit: alone it may have all. 1 to 10000, 100 is usual.</source>
        <translation>Sa part quand plusieurs cgroups veulent le même processeur&#xa0;: deux fois le poids, deux fois le temps. Ce n’est pas une limite&#xa0;: seul, il peut tout avoir. De 1 à 10000, d’habitude 100.</translation>
    </message>
    <message>
        <source>The weight again, said as a nice value: -20 to 19.</source>
        <translation>Le même poids, dit comme une valeur nice&#xa0;: de -20 à 19.</translation>
    </message>
    <message>
        <source>1: it runs only when nobody else wants the processor.</source>
        <translation>1&#xa0;: il ne tourne que si personne d’autre ne veut le processeur.</translation>
    </message>
    <message>
        <source>The least speed of the processor that it asks for, in percent.</source>
        <translation>La vitesse minimale du processeur qu’il demande, en pour cent.</translation>
    </message>
    <message>
        <source>The most speed of the processor that it may ask for, in percent.</source>
        <translation>La vitesse maximale du processeur qu’il peut demander, en pour cent.</translation>
    </message>
    <message>
        <source>The time it has used (usage_usec), the periods that passed (nr_periods), those in which the limit stopped it (nr_throttled) and for how long (throttled_usec).</source>
        <translation>Le temps qu’il a employé (usage_usec), les périodes passées (nr_periods), celles où la limite l’a arrêté (nr_throttled), et pendant combien de temps (throttled_usec).</translation>
    </message>
    <message>
        <source>The share of time in which some process waited for a processor, over 10, 60 and 300 seconds.</source>
        <translation>La part du temps où un processus attendait un processeur, sur 10, 60 et 300 secondes.</translation>
    </message>
    <message>
        <source>The processors that its processes may run on; empty: those of the cgroup above.</source>
        <translation>Les processeurs où ses processus peuvent tourner&#xa0;; vide&#xa0;: ceux du cgroup au-dessus.</translation>
    </message>
    <message>
        <source>The memory nodes (banks of memory near a processor) that it may use; empty: those of the cgroup above.</source>
        <translation>Les nœuds mémoire (bancs de mémoire proches d’un processeur) qu’il peut employer&#xa0;; vide&#xa0;: ceux du cgroup au-dessus.</translation>
    </message>
    <message>
        <source>Whether it has its processors for itself alone.</source>
        <translation>S’il a ses processeurs pour lui seul.</translation>
    </message>
    <message>
        <source>The processors that it may really use, after all the cgroups above.</source>
        <translation>Les processeurs qu’il peut vraiment employer, compte tenu de tous les cgroups au-dessus.</translation>
    </message>
    <message>
        <source>The memory nodes that it may really use, after all the cgroups above.</source>
        <translation>Les nœuds mémoire qu’il peut vraiment employer, compte tenu de tous les cgroups au-dessus.</translation>
    </message>
    <message>
        <source>So much of its memory is never taken back, however short the machine is.</source>
        <translation>Cette part de sa mémoire n’est jamais reprise, même si la machine en manque.</translation>
    </message>
    <message>
        <source>So much of its memory is left to it as long as others have more than theirs (the reservation).</source>
        <translation>Cette part de sa mémoire lui est laissée tant que d’autres dépassent la leur (la réservation).</translation>
    </message>
    <message>
        <source>Above it the kernel slows its processes down and takes memory back, without ending any.</source>
        <translation>Au-delà, le noyau ralentit ses processus et reprend de la mémoire, sans en tuer aucun.</translation>
    </message>
    <message>
        <source>The limit of memory. At it the kernel takes back caches; when that is not enough, it ends a process (out of memory, OOM). &quot;max&quot; is no limit.</source>
        <translation>La limite de mémoire. Quand elle est atteinte, le noyau reprend les caches&#xa0;; si cela ne suffit pas, il tue un processus (out of memory, OOM). «&#xa0;max&#xa0;», c’est sans limite.</translation>
    </message>
    <message>
        <source>Above so much swap its processes are slowed down.</source>
        <translation>Au-delà de ce swap, ses processus sont ralentis.</translation>
    </message>
    <message>
        <source>How much of its memory may be put out to the disk (swap). Beside memory, not both together.</source>
        <translation>Combien de sa mémoire peut être mis sur le disque (swap). En plus de la mémoire, et non les deux ensemble.</translation>
    </message>
    <message>
        <source>How much compressed swap it may have in memory.</source>
        <translation>Combien de swap comprimé il peut avoir en mémoire.</translation>
    </message>
    <message>
        <source>1: when memory runs out, all its processes are ended together instead of one.</source>
        <translation>1&#xa0;: quand la mémoire manque, tous ses processus sont tués ensemble, au lieu d’un seul.</translation>
    </message>
    <message>
        <source>The memory that it has now: of its processes, of files kept for them (page cache) and of the kernel for them.</source>
        <translation>La mémoire qu’il a maintenant&#xa0;: celle de ses processus, des fichiers gardés pour eux (page cache) et du noyau pour eux.</translation>
    </message>
    <message>
        <source>The most memory that it ever had.</source>
        <translation>Le plus de mémoire qu’il ait jamais eu.</translation>
    </message>
    <message>
        <source>How much of its memory is on the disk (swap) now.</source>
        <translation>Combien de sa mémoire est sur le disque (swap) maintenant.</translation>
    </message>
    <message>
        <source>The most swap that it ever had.</source>
        <translation>Le plus de swap qu’il ait jamais eu.</translation>
    </message>
    <message>
        <source>The compressed swap that it has in memory now.</source>
        <translation>Le swap comprimé qu’il a en mémoire maintenant.</translation>
    </message>
    <message>
        <source>How often something happened to its memory: max: it ran against the limit; oom_kill: a process was ended for it.</source>
        <translation>Combien de fois il est arrivé quelque chose à sa mémoire&#xa0;: max&#xa0;: il a heurté la limite&#xa0;; oom_kill&#xa0;: un processus a été tué pour cela.</translation>
    </message>
    <message>
        <source>The same without the cgroups below it.</source>
        <translation>Pareil, sans les cgroups au-dessous.</translation>
    </message>
    <message>
        <source>How often it ran against its limit of swap.</source>
        <translation>Combien de fois il a heurté sa limite de swap.</translation>
    </message>
    <message>
        <source>What its memory is made of: anon (memory of processes), file (page cache), and what was taken back (pgsteal).</source>
        <translation>De quoi sa mémoire est faite&#xa0;: anon (mémoire des processus), file (page cache), et ce qui a été repris (pgsteal).</translation>
    </message>
    <message>
        <source>The share of time in which some process waited for memory, over 10, 60 and 300 seconds.</source>
        <translation>La part du temps où un processus attendait de la mémoire, sur 10, 60 et 300 secondes.</translation>
    </message>
    <message>
        <source>Its share of a disk that several cgroups want: 1 to 10000, 100 is usual.</source>
        <translation>Sa part d’un disque que plusieurs cgroups veulent&#xa0;: de 1 à 10000, d’habitude 100.</translation>
    </message>
    <message>
        <source>The same for the scheduler bfq.</source>
        <translation>Pareil, pour l’ordonnanceur bfq.</translation>
    </message>
    <message>
        <source>Limits of each disk: bytes read and written a second (rbps, wbps), operations a second (riops, wiops). Empty: none.</source>
        <translation>Limites de chaque disque&#xa0;: octets lus et écrits par seconde (rbps, wbps), opérations par seconde (riops, wiops). Vide&#xa0;: aucune.</translation>
    </message>
    <message>
        <source>The delay of a disk that it can bear; others are slowed down when it is more.</source>
        <translation>Le délai du disque qu’il peut supporter&#xa0;; au-delà, les autres sont ralentis.</translation>
    </message>
    <message>
        <source>What it has read and written of each disk so far: bytes (rbytes, wbytes) and operations (rios, wios).</source>
        <translation>Ce qu’il a lu et écrit sur chaque disque jusqu’ici&#xa0;: octets (rbytes, wbytes) et opérations (rios, wios).</translation>
    </message>
    <message>
        <source>The share of time in which some process waited for a disk, over 10, 60 and 300 seconds.</source>
        <translation>La part du temps où un processus attendait un disque, sur 10, 60 et 300 secondes.</translation>
    </message>
    <message>
        <source>How many processes and threads there may be in it. At the limit fork() fails: nothing is ended.</source>
        <translation>Combien de processus et de fils (threads) il peut contenir. À la limite, fork() échoue&#xa0;: rien n’est tué.</translation>
    </message>
    <message>
        <source>How many processes and threads it has now.</source>
        <translation>Combien de processus et de fils (threads) il a maintenant.</translation>
    </message>
    <message>
        <source>The most processes and threads that it ever had.</source>
        <translation>Le plus de processus et de fils (threads) qu’il ait jamais eu.</translation>
    </message>
    <message>
        <source>How often a fork failed at the limit (max).</source>
        <translation>Combien de fois un fork a échoué à la limite (max).</translation>
    </message>
    <message>
        <source>How much of the memory in huge pages (2 MiB instead of 4 KiB) it may have.</source>
        <translation>Combien de mémoire en pages géantes (2 Mio au lieu de 4 Kio) il peut avoir.</translation>
    </message>
    <message>
        <source>How much memory in huge pages it has now.</source>
        <translation>Combien de mémoire en pages géantes il a maintenant.</translation>
    </message>
    <message>
        <source>How much of the network cards that write into memory by themselves (RDMA) it may have.</source>
        <translation>Combien il peut avoir des cartes réseau qui écrivent elles-mêmes en mémoire (RDMA).</translation>
    </message>
    <message>
        <source>How much of them it has now.</source>
        <translation>Combien il en a maintenant.</translation>
    </message>
    <message>
        <source>How much of rare resources it may have, as keys of encrypted memory.</source>
        <translation>Combien il peut avoir de ressources rares, comme des clés de mémoire chiffrée.</translation>
    </message>
    <message>
        <source>Its share when several cgroups want the same processor: twice the number, twice the time. No limit: alone it may have all. 1024 is usual.</source>
        <translation>Sa part quand plusieurs cgroups veulent le même processeur&#xa0;: deux fois le nombre, deux fois le temps. Ce n’est pas une limite&#xa0;: seul, il peut tout avoir. D’habitude 1024.</translation>
    </message>
    <message>
        <source>The time that its processes may have in each period; -1 is no limit. Quota divided by period is the number of processors.</source>
        <translation>Le temps que ses processus peuvent avoir à chaque période&#xa0;; -1&#xa0;: sans limite. Le quota divisé par la période donne le nombre de processeurs.</translation>
    </message>
    <message>
        <source>How long a period of the quota lasts: 100000 is a tenth of a second.</source>
        <translation>La durée d’une période du quota&#xa0;: 100000, c’est un dixième de seconde.</translation>
    </message>
    <message>
        <source>The time that its real-time processes may have in each of their periods.</source>
        <translation>Le temps que ses processus temps réel peuvent avoir à chacune de leurs périodes.</translation>
    </message>
    <message>
        <source>How long such a period lasts.</source>
        <translation>La durée d’une telle période.</translation>
    </message>
    <message>
        <source>The periods that passed (nr_periods), those in which the limit stopped it (nr_throttled), and for how long (throttled_time).</source>
        <translation>Les périodes passées (nr_periods), celles où la limite l’a arrêté (nr_throttled), et pendant combien de temps (throttled_time).</translation>
    </message>
    <message>
        <source>The processor time that it has used so far.</source>
        <translation>Le temps de processeur qu’il a employé jusqu’ici.</translation>
    </message>
    <message>
        <source>The same of each processor.</source>
        <translation>Pareil, pour chaque processeur.</translation>
    </message>
    <message>
        <source>The same, its own work and the kernel&apos;s for it apart, in hundredths of a second.</source>
        <translation>Pareil, en séparant son propre travail de celui du noyau pour lui, en centièmes de seconde.</translation>
    </message>
    <message>
        <source>The processors that its processes may run on.</source>
        <translation>Les processeurs où ses processus peuvent tourner.</translation>
    </message>
    <message>
        <source>The memory nodes (banks of memory near a processor) that it may use.</source>
        <translation>Les nœuds mémoire (bancs de mémoire proches d’un processeur) qu’il peut employer.</translation>
    </message>
    <message>
        <source>1: no other cgroup beside it may use its processors.</source>
        <translation>1&#xa0;: aucun autre cgroup voisin ne peut employer ses processeurs.</translation>
    </message>
    <message>
        <source>The limit of memory. At it the kernel takes back caches; when that is not enough, it ends a process (out of memory, OOM). 9223372036854771712 is no limit.</source>
        <translation>La limite de mémoire. Quand elle est atteinte, le noyau reprend les caches&#xa0;; si cela ne suffit pas, il tue un processus (out of memory, OOM). 9223372036854771712, c’est sans limite.</translation>
    </message>
    <message>
        <source>When the machine is short of memory, what it has above this is taken back first (the reservation).</source>
        <translation>Quand la machine manque de mémoire, ce qu’il a au-delà est repris en premier (la réservation).</translation>
    </message>
    <message>
        <source>The limit of memory and swap together.</source>
        <translation>La limite de la mémoire et du swap ensemble.</translation>
    </message>
    <message>
        <source>The limit of what the kernel keeps for it. Out of use: it counts with the memory.</source>
        <translation>La limite de ce que le noyau garde pour lui. Hors d’usage&#xa0;: cela compte avec la mémoire.</translation>
    </message>
    <message>
        <source>The limit of the memory of its TCP connections.</source>
        <translation>La limite de la mémoire de ses connexions TCP.</translation>
    </message>
    <message>
        <source>How readily its memory is put out to the disk: 0 hardly, 60 is usual.</source>
        <translation>La facilité à mettre sa mémoire sur le disque&#xa0;: 0 à peine, 60 d’habitude.</translation>
    </message>
    <message>
        <source>1: what the cgroups below have counts with it. In version 2 that is always so.</source>
        <translation>1&#xa0;: ce qu’ont les cgroups au-dessous compte avec. En version 2, c’est toujours ainsi.</translation>
    </message>
    <message>
        <source>What happens when memory runs out (oom_kill_disable 0: a process is ended), whether that is so now (under_oom), and how often a process was ended (oom_kill).</source>
        <translation>Ce qui arrive quand la mémoire manque (oom_kill_disable 0&#xa0;: un processus est tué), si c’est le cas maintenant (under_oom), et combien de fois un processus a été tué (oom_kill).</translation>
    </message>
    <message>
        <source>How often it ran against the limit. Each time the kernel tried to take memory back.</source>
        <translation>Combien de fois il a heurté la limite. Chaque fois, le noyau a essayé de reprendre de la mémoire.</translation>
    </message>
    <message>
        <source>Memory and swap that it has now, together.</source>
        <translation>La mémoire et le swap qu’il a maintenant, ensemble.</translation>
    </message>
    <message>
        <source>The most memory and swap that it ever had.</source>
        <translation>Le plus de mémoire et de swap qu’il ait jamais eu.</translation>
    </message>
    <message>
        <source>How often it ran against the limit of memory and swap.</source>
        <translation>Combien de fois il a heurté la limite de mémoire et de swap.</translation>
    </message>
    <message>
        <source>What the kernel keeps for it now.</source>
        <translation>Ce que le noyau garde pour lui maintenant.</translation>
    </message>
    <message>
        <source>The memory of its TCP connections now.</source>
        <translation>La mémoire de ses connexions TCP maintenant.</translation>
    </message>
    <message>
        <source>What its memory is made of: rss (memory of processes), cache (page cache); total_…: with the cgroups below.</source>
        <translation>De quoi sa mémoire est faite&#xa0;: rss (mémoire des processus), cache (page cache)&#xa0;; total_…&#xa0;: avec les cgroups au-dessous.</translation>
    </message>
    <message>
        <source>Its share of a disk that several cgroups want: 10 to 1000.</source>
        <translation>Sa part d’un disque que plusieurs cgroups veulent&#xa0;: de 10 à 1000.</translation>
    </message>
    <message>
        <source>The same for one disk.</source>
        <translation>Pareil, pour un disque.</translation>
    </message>
    <message>
        <source>The limit of what it reads of a disk. Empty: none.</source>
        <translation>La limite de ce qu’il lit sur un disque. Vide&#xa0;: aucune.</translation>
    </message>
    <message>
        <source>The limit of what it writes to a disk. Empty: none. It holds for writing that waits for the disk (O_DIRECT) alone.</source>
        <translation>La limite de ce qu’il écrit sur un disque. Vide&#xa0;: aucune. Elle ne vaut que pour l’écriture qui attend le disque (O_DIRECT).</translation>
    </message>
    <message>
        <source>The limit of its reading of a disk, in operations. Empty: none.</source>
        <translation>La limite de ses lectures sur un disque, en opérations. Vide&#xa0;: aucune.</translation>
    </message>
    <message>
        <source>The limit of its writing to a disk, in operations. Empty: none.</source>
        <translation>La limite de ses écritures sur un disque, en opérations. Vide&#xa0;: aucune.</translation>
    </message>
    <message>
        <source>What it has read and written of each disk so far, without the cgroups below.</source>
        <translation>Ce qu’il a lu et écrit sur chaque disque jusqu’ici, sans les cgroups au-dessous.</translation>
    </message>
    <message>
        <source>What it has read and written of each disk so far, with the cgroups below.</source>
        <translation>Ce qu’il a lu et écrit sur chaque disque jusqu’ici, avec les cgroups au-dessous.</translation>
    </message>
    <message>
        <source>How many operations that took, without the cgroups below.</source>
        <translation>En combien d’opérations, sans les cgroups au-dessous.</translation>
    </message>
    <message>
        <source>How many operations that took, with the cgroups below.</source>
        <translation>En combien d’opérations, avec les cgroups au-dessous.</translation>
    </message>
    <message>
        <source>FROZEN: all its processes stand still. Pausing a container writes it.</source>
        <translation>FROZEN&#xa0;: tous ses processus sont figés. Mettre un conteneur en pause écrit ici.</translation>
    </message>
    <message>
        <source>1: it was frozen itself.</source>
        <translation>1&#xa0;: il a été figé lui-même.</translation>
    </message>
    <message>
        <source>1: one above it was frozen.</source>
        <translation>1&#xa0;: un cgroup au-dessus a été figé.</translation>
    </message>
    <message>
        <source>The devices that its processes may open: kind, number, and r (read), w (write), m (make one). In version 2 a small program in the kernel (BPF) decides instead of a file.</source>
        <translation>Les périphériques que ses processus peuvent ouvrir&#xa0;: genre, numéro, et r (lire), w (écrire), m (en créer). En version 2, c’est un petit programme dans le noyau (BPF) qui décide, et non un fichier.</translation>
    </message>
    <message>
        <source>A number on its packets that rules of the network can ask for.</source>
        <translation>Un numéro sur ses paquets, que les règles du réseau peuvent consulter.</translation>
    </message>
    <message>
        <source>How urgent its packets are on each network card.</source>
        <translation>L’urgence de ses paquets sur chaque carte réseau.</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Time is dealt out in periods, of a tenth of a second as a rule. When the quota of a period is used up, every process of the cgroup stands still until the next period begins: it is throttled. Nothing is ended; everything takes longer. Shares (weight) are something else: they only count while others want the same processor.</source>
        <translation>Le temps est distribué par périodes, d’un dixième de seconde en général. Quand le quota d’une période est épuisé, tous les processus du cgroup s’arrêtent jusqu’à la période suivante&#xa0;: il est freiné (throttled). Rien n’est tué, tout prend plus de temps. Les parts (poids) sont autre chose&#xa0;: elles ne comptent que si d’autres veulent le même processeur.</translation>
    </message>
    <message>
        <source>Processor time</source>
        <translation>Temps de processeur</translation>
    </message>
    <message>
        <source>Counts the processor time that is used, and limits nothing. Version 2 has it in cpu.stat.</source>
        <translation>Compte le temps de processeur employé, et ne limite rien. La version 2 l’a dans cpu.stat.</translation>
    </message>
    <message>
        <source>Which processors</source>
        <translation>Quels processeurs</translation>
    </message>
    <message>
        <source>Says on which processors, and with memory of which nodes, the processes may run.</source>
        <translation>Dit sur quels processeurs, et avec la mémoire de quels nœuds, les processus peuvent tourner.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Every page of memory is charged to the cgroup that asked for it first: memory of processes, copies of files (page cache), and what the kernel keeps for them. At the limit the kernel takes back what it can have again (reclaim): page cache first. When that is not enough, it ends the process that has most (OOM killer); the others live on.</source>
        <translation>Chaque page de mémoire est comptée au cgroup qui l’a demandée le premier&#xa0;: mémoire des processus, copies de fichiers (page cache), et ce que le noyau garde pour eux. À la limite, le noyau reprend ce qu’il pourra retrouver (reclaim)&#xa0;: d’abord le page cache. Si cela ne suffit pas, il tue le processus qui en a le plus (OOM killer)&#xa0;; les autres continuent.</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Counts processes and threads. At the limit no further one can be started: fork() fails with EAGAIN (&quot;Resource temporarily unavailable&quot;). It stops fork bombs: processes that only start others.</source>
        <translation>Compte les processus et les fils (threads). À la limite, on ne peut plus en lancer&#xa0;: fork() échoue avec EAGAIN («&#xa0;Resource temporarily unavailable&#xa0;»). Cela arrête les fork bombs&#xa0;: des processus qui ne font qu’en lancer d’autres.</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>What is read and written of each disk, which is named by its two numbers (lsblk shows them). At a limit the next operation has to wait: nothing is ended or lost.</source>
        <translation>Ce qui est lu et écrit sur chaque disque, nommé par ses deux numéros (lsblk les montre). À une limite, l’opération suivante doit attendre&#xa0;: rien n’est tué ni perdu.</translation>
    </message>
    <message>
        <source>Standing still</source>
        <translation>Immobilité</translation>
    </message>
    <message>
        <source>Halts all processes of a cgroup at once, and lets them go on. That is what pausing a container does.</source>
        <translation>Fige d’un coup tous les processus d’un cgroup, et les laisse repartir. C’est ce que fait la pause d’un conteneur.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Périphériques</translation>
    </message>
    <message>
        <source>Says which devices may be opened, even by root in the container.</source>
        <translation>Dit quels périphériques on peut ouvrir, même en étant root dans le conteneur.</translation>
    </message>
    <message>
        <source>Huge pages</source>
        <translation>Pages géantes</translation>
    </message>
    <message>
        <source>Limits memory in huge pages, which databases ask for.</source>
        <translation>Limite la mémoire en pages géantes, que demandent des bases de données.</translation>
    </message>
    <message>
        <source>The cgroup itself</source>
        <translation>Le cgroup lui-même</translation>
    </message>
    <message>
        <source>Files that every cgroup of version 2 has, whatever its controllers.</source>
        <translation>Des fichiers que tout cgroup de version 2 possède, quels que soient ses contrôleurs.</translation>
    </message>
    <message>
        <source>A control group (cgroup) is a set of processes that the kernel counts and limits together. It is a folder: to make one is mkdir, to put a process into it is to write its number into cgroup.procs, and to set a limit is to write a number into a file.</source>
        <translation>Un groupe de contrôle (cgroup) est un ensemble de processus que le noyau compte et limite ensemble. C’est un dossier&#xa0;: en créer un, c’est mkdir&#xa0;; y mettre un processus, c’est écrire son numéro dans cgroup.procs&#xa0;; fixer une limite, c’est écrire un nombre dans un fichier.</translation>
    </message>
</context>
<context>
    <name>CgroupView</name>
    <message>
        <source>(empty)</source>
        <translation>(vide)</translation>
    </message>
    <message>
        <source>version 1</source>
        <translation>la version 1</translation>
    </message>
    <message>
        <source>version 2</source>
        <translation>la version 2</translation>
    </message>
    <message>
        <source>cgroups of both versions</source>
        <translation>cgroups des deux versions</translation>
    </message>
    <message>
        <source>cgroup version 1: a tree of its own for each controller</source>
        <translation>cgroups version 1&#xa0;: un arbre propre à chaque contrôleur</translation>
    </message>
    <message>
        <source>cgroup version 2: one tree for all controllers</source>
        <translation>cgroups version 2&#xa0;: un seul arbre pour tous les contrôleurs</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es) in it</source>
        <translation>
            <numerusform>%n processus dedans</numerusform>
            <numerusform>%n processus dedans</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: its cgroup · %2</source>
        <translation>%1&#xa0;: son cgroup · %2</translation>
    </message>
    <message>
        <source>%1 · above</source>
        <translation>%1 · au-dessus</translation>
    </message>
    <message>
        <source>%1 · below · %2</source>
        <translation>%1 · au-dessous · %2</translation>
    </message>
    <message>
        <source>this machine does not count it</source>
        <translation>cette machine ne le compte pas</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>absent</translation>
    </message>
    <message numerus="yes">
        <source>and %n more below: the table has them</source>
        <translation>
            <numerusform>et %n autre au-dessous&#xa0;: voir le tableau</numerusform>
            <numerusform>et %n autres au-dessous&#xa0;: voir le tableau</numerusform>
        </translation>
    </message>
    <message>
        <source>The cgroups of %1</source>
        <translation>Les cgroups de %1</translation>
    </message>
    <message>
        <source>This machine: the root of the tree</source>
        <translation>Cette machine&#xa0;: la racine de l’arbre</translation>
    </message>
    <message>
        <source>The root: every process of this machine is below it, without a limit</source>
        <translation>La racine&#xa0;: tous les processus de cette machine sont au-dessous, sans limite</translation>
    </message>
    <message>
        <source>A file of the controller %1.</source>
        <translation>Un fichier du contrôleur %1.</translation>
    </message>
    <message>
        <source>Unit: %1.</source>
        <translation>Unité&#xa0;: %1.</translation>
    </message>
    <message>
        <source>See it yourself:</source>
        <translation>À voir soi-même&#xa0;:</translation>
    </message>
    <message>
        <source>This is %1; %2 has nothing like it.</source>
        <translation>C’est %1&#xa0;; %2 n’a rien de tel.</translation>
    </message>
    <message>
        <source>This is %1; in %2 it is %3.</source>
        <translation>C’est %1&#xa0;; dans %2, c’est %3.</translation>
    </message>
    <message>
        <source>To read: cgroups(7); the kernel&apos;s Documentation/%1.</source>
        <translation>À lire&#xa0;: cgroups(7)&#xa0;; Documentation/%1 du noyau.</translation>
    </message>
    <message>
        <source>Its files, in %1:</source>
        <translation>Ses fichiers, dans %1&#xa0;:</translation>
    </message>
    <message>
        <source>A cgroup above. Its limits hold for everything below it together, so for %1 the strictest of all counts: what is free here decides, whatever its own limit says.</source>
        <translation>Un cgroup au-dessus. Ses limites valent pour tout ce qui est au-dessous, ensemble&#xa0;; pour %1, c’est donc la plus stricte de toutes qui compte&#xa0;: ce qui est libre ici décide, quoi que dise sa propre limite.</translation>
    </message>
    <message>
        <source>A cgroup that was made inside %1, to divide what it may have. It can never get more than the cgroup above it.</source>
        <translation>Un cgroup créé à l’intérieur de %1, pour partager ce qu’il peut avoir. Il n’aura jamais plus que le cgroup au-dessus de lui.</translation>
    </message>
    <message>
        <source>This is the container&apos;s own: all its processes are in it or below it. From inside it looks like the root, because the container has a cgroup namespace.</source>
        <translation>C’est celui du conteneur&#xa0;: tous ses processus sont dedans ou au-dessous. De l’intérieur, il a l’air d’être la racine, car le conteneur a un espace de noms cgroup.</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Each box is a cgroup; what lies in it is below it. The bars show how much is used of each limit, the lines below them the files that say so. Choose one to read what it means.</source>
        <translation>Chaque boîte est un cgroup&#xa0;; ce qu’elle contient est au-dessous de lui. Les barres montrent la part employée de chaque limite, les lignes dessous les fichiers qui le disent. Choisissez-en un pour lire ce qu’il signifie.</translation>
    </message>
</context>
<context>
    <name>CompletionWords</name>
    <message>
        <source>Adds files, addresses and unpacked archives</source>
        <translation>Ajoute des fichiers, des adresses et des archives décompressées</translation>
    </message>
    <message>
        <source>A variable of the build, given with --build-arg</source>
        <translation>Une variable de la construction, donnée par --build-arg</translation>
    </message>
    <message>
        <source>What a container runs when nothing else is asked for</source>
        <translation>Ce qu&apos;exécute un conteneur quand on ne demande rien d&apos;autre</translation>
    </message>
    <message>
        <source>Copies files of the folder, of a stage or of an image</source>
        <translation>Copie des fichiers du dossier, d&apos;une étape ou d&apos;une image</translation>
    </message>
    <message>
        <source>The program that a container always runs</source>
        <translation>Le programme qu&apos;un conteneur exécute toujours</translation>
    </message>
    <message>
        <source>A variable of the build and of every container</source>
        <translation>Une variable de la construction et de chaque conteneur</translation>
    </message>
    <message>
        <source>Says on which ports the program listens</source>
        <translation>Dit sur quels ports le programme écoute</translation>
    </message>
    <message>
        <source>Begins a stage on an image</source>
        <translation>Commence une étape sur une image</translation>
    </message>
    <message>
        <source>A command that tells whether the program answers</source>
        <translation>Une commande qui dit si le programme répond</translation>
    </message>
    <message>
        <source>A fact about the image, as name=value</source>
        <translation>Un fait sur l&apos;image : nom=valeur</translation>
    </message>
    <message>
        <source>Of the past: write LABEL instead</source>
        <translation>Du passé : écrivez LABEL à la place</translation>
    </message>
    <message>
        <source>An instruction for builds on top of this image</source>
        <translation>Une instruction pour les constructions au-dessus de cette image</translation>
    </message>
    <message>
        <source>Runs a command and keeps what it changes as a layer</source>
        <translation>Exécute une commande et garde ce qu&apos;elle change dans une couche</translation>
    </message>
    <message>
        <source>The shell that runs commands written as text</source>
        <translation>Le shell qui exécute les commandes écrites en texte</translation>
    </message>
    <message>
        <source>The signal that asks the program to end</source>
        <translation>Le signal qui demande au programme de se terminer</translation>
    </message>
    <message>
        <source>Who runs what follows, and the containers</source>
        <translation>Qui exécute ce qui suit, et les conteneurs</translation>
    </message>
    <message>
        <source>A folder whose content lives outside the image</source>
        <translation>Un dossier dont le contenu vit hors de l&apos;image</translation>
    </message>
    <message>
        <source>The folder in which what follows happens</source>
        <translation>Le dossier où se passe ce qui suit</translation>
    </message>
    <message>
        <source>Owner of the copies: user:group</source>
        <translation>Propriétaire des copies : utilisateur:groupe</translation>
    </message>
    <message>
        <source>Permissions of the copies: 0644</source>
        <translation>Droits des copies : 0644</translation>
    </message>
    <message>
        <source>A layer of its own, that stays cached when those below change</source>
        <translation>Une couche à part, qui reste en cache quand celles du dessous changent</translation>
    </message>
    <message>
        <source>Keeps the folders that the sources are in</source>
        <translation>Garde les dossiers où sont les sources</translation>
    </message>
    <message>
        <source>A pattern of what is not copied</source>
        <translation>Un motif de ce qui n&apos;est pas copié</translation>
    </message>
    <message>
        <source>The digest that the download must have: sha256:…</source>
        <translation>L&apos;empreinte que doit avoir le téléchargement : sha256:…</translation>
    </message>
    <message>
        <source>Keeps the .git folder of a repository</source>
        <translation>Garde le dossier .git d&apos;un dépôt</translation>
    </message>
    <message>
        <source>Whether archives are unpacked</source>
        <translation>Si les archives sont décompressées</translation>
    </message>
    <message>
        <source>A stage above, or an image, to copy from</source>
        <translation>Une étape au-dessus, ou une image, d&apos;où copier</translation>
    </message>
    <message>
        <source>The platform of the image: linux/arm64</source>
        <translation>La plateforme de l&apos;image : linux/arm64</translation>
    </message>
    <message>
        <source>A cache, a secret, files of elsewhere: while this command runs</source>
        <translation>Un cache, un secret, des fichiers d&apos;ailleurs : pendant cette commande</translation>
    </message>
    <message>
        <source>Whether the command reaches the network</source>
        <translation>Si la commande atteint le réseau</translation>
    </message>
    <message>
        <source>Whether the command runs in the sandbox</source>
        <translation>Si la commande s&apos;exécute dans le bac à sable</translation>
    </message>
    <message>
        <source>Time between two checks: 30s</source>
        <translation>Temps entre deux vérifications : 30s</translation>
    </message>
    <message>
        <source>How long a check may take</source>
        <translation>Combien de temps une vérification peut durer</translation>
    </message>
    <message>
        <source>How long the program may take to start</source>
        <translation>Combien de temps le programme peut mettre à démarrer</translation>
    </message>
    <message>
        <source>Time between checks while it starts</source>
        <translation>Temps entre les vérifications pendant le démarrage</translation>
    </message>
    <message>
        <source>Checks in a row that must fail</source>
        <translation>Vérifications de suite qui doivent échouer</translation>
    </message>
    <message>
        <source>A folder that builds share: package managers&apos; downloads</source>
        <translation>Un dossier que les constructions partagent : téléchargements des gestionnaires de paquets</translation>
    </message>
    <message>
        <source>Files of the folder, a stage or an image, without copying them</source>
        <translation>Des fichiers du dossier, d&apos;une étape ou d&apos;une image, sans les copier</translation>
    </message>
    <message>
        <source>A file that never gets into a layer</source>
        <translation>Un fichier qui n&apos;entre jamais dans une couche</translation>
    </message>
    <message>
        <source>The keys of your SSH agent, for this command</source>
        <translation>Les clés de votre agent SSH, pour cette commande</translation>
    </message>
    <message>
        <source>A folder in memory, gone afterwards</source>
        <translation>Un dossier en mémoire, disparu ensuite</translation>
    </message>
    <message>
        <source>cache, bind, secret, ssh or tmpfs</source>
        <translation>cache, bind, secret, ssh ou tmpfs</translation>
    </message>
    <message>
        <source>Where the command finds it</source>
        <translation>Où la commande le trouve</translation>
    </message>
    <message>
        <source>The name under which it is known</source>
        <translation>Le nom sous lequel il est connu</translation>
    </message>
    <message>
        <source>A stage above, or an image</source>
        <translation>Une étape au-dessus, ou une image</translation>
    </message>
    <message>
        <source>The path in it</source>
        <translation>Le chemin dedans</translation>
    </message>
    <message>
        <source>The command cannot write there</source>
        <translation>La commande ne peut pas y écrire</translation>
    </message>
    <message>
        <source>The command may write there; it is not kept</source>
        <translation>La commande peut y écrire ; ce n&apos;est pas gardé</translation>
    </message>
    <message>
        <source>shared, private or locked: what builds at the same time do</source>
        <translation>shared, private ou locked : ce que font des constructions simultanées</translation>
    </message>
    <message>
        <source>The build fails without it</source>
        <translation>Sans lui, la construction échoue</translation>
    </message>
    <message>
        <source>Gives it as this variable</source>
        <translation>Le donne comme cette variable</translation>
    </message>
    <message>
        <source>At most: 64m</source>
        <translation>Au plus : 64m</translation>
    </message>
    <message>
        <source>Its permissions: 0755</source>
        <translation>Ses droits : 0755</translation>
    </message>
    <message>
        <source>The number of its user</source>
        <translation>Le numéro de son utilisateur</translation>
    </message>
    <message>
        <source>The number of its group</source>
        <translation>Le numéro de son groupe</translation>
    </message>
    <message>
        <source>The network of the build</source>
        <translation>Le réseau de la construction</translation>
    </message>
    <message>
        <source>No network at all</source>
        <translation>Aucun réseau</translation>
    </message>
    <message>
        <source>The network of this machine</source>
        <translation>Le réseau de cette machine</translation>
    </message>
    <message>
        <source>With all rights: only when the build allows it</source>
        <translation>Avec tous les droits : seulement si la construction le permet</translation>
    </message>
    <message>
        <source>Everybody may read</source>
        <translation>Tout le monde peut lire</translation>
    </message>
    <message>
        <source>Everybody may read and execute</source>
        <translation>Tout le monde peut lire et exécuter</translation>
    </message>
    <message>
        <source>Only the owner may read</source>
        <translation>Seul le propriétaire peut lire</translation>
    </message>
    <message>
        <source>The platform of the machine that builds</source>
        <translation>La plateforme de la machine qui construit</translation>
    </message>
    <message>
        <source>The platform the image is for</source>
        <translation>La plateforme à laquelle l&apos;image est destinée</translation>
    </message>
    <message>
        <source>The version of the language</source>
        <translation>La version du langage</translation>
    </message>
    <message>
        <source>Findings of the build&apos;s checks make it fail</source>
        <translation>Les constats des vérifications la font échouer</translation>
    </message>
    <message>
        <source>Another sign at the end of lines that go on</source>
        <translation>Un autre signe à la fin des lignes qui continuent</translation>
    </message>
    <message>
        <source>Silences rules for the next instruction</source>
        <translation>Fait taire des règles pour l&apos;instruction suivante</translation>
    </message>
</context>
<context>
    <name>ComposeCompletion</name>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secret</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Config</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>An image on this machine</source>
        <translation>Une image de cette machine</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>Par exemple</translation>
    </message>
    <message>
        <source>Written out, with keys</source>
        <translation>Forme longue, avec des clés</translation>
    </message>
    <message>
        <source>As a list</source>
        <translation>Sous forme de liste</translation>
    </message>
    <message>
        <source>As one value</source>
        <translation>Sous forme d&apos;une valeur</translation>
    </message>
    <message>
        <source>A new service</source>
        <translation>Un nouveau service</translation>
    </message>
    <message>
        <source>Another value when it is not set, or empty</source>
        <translation>Une autre valeur si elle est absente ou vide</translation>
    </message>
    <message>
        <source>An error with these words when it is not set, or empty</source>
        <translation>Une erreur avec ce message si elle est absente ou vide</translation>
    </message>
    <message>
        <source>Another value when it is set</source>
        <translation>Une autre valeur si elle est définie</translation>
    </message>
    <message>
        <source>In the network of a service</source>
        <translation>Dans le réseau d&apos;un service</translation>
    </message>
</context>
<context>
    <name>ComposeExplanation</name>
    <message>
        <source>From %1</source>
        <translation>Provenance&#xa0;: %1</translation>
    </message>
    <message>
        <source>Has no value: neither .env nor your environment sets it. What is written behind :- is taken, else nothing.</source>
        <translation>Sans valeur&#xa0;: ni .env ni votre environnement ne la définissent. Ce qui suit&#xa0;:- la remplace, sinon rien.</translation>
    </message>
    <message>
        <source>An empty text</source>
        <translation>Un texte vide</translation>
    </message>
    <message>
        <source>The service %1</source>
        <translation>Le service %1</translation>
    </message>
    <message>
        <source>Image: %1</source>
        <translation>Image&#xa0;: %1</translation>
    </message>
    <message>
        <source>Its image is built</source>
        <translation>Son image est construite</translation>
    </message>
    <message>
        <source>Ports: %1</source>
        <translation>Ports&#xa0;: %1</translation>
    </message>
    <message>
        <source>Waits for: %1</source>
        <translation>Attend&#xa0;: %1</translation>
    </message>
    <message>
        <source>The network %1</source>
        <translation>Le réseau %1</translation>
    </message>
    <message>
        <source>The volume %1</source>
        <translation>Le volume %1</translation>
    </message>
    <message>
        <source>The secret %1</source>
        <translation>Le secret %1</translation>
    </message>
    <message>
        <source>The config %1</source>
        <translation>La config %1</translation>
    </message>
    <message>
        <source>Made by somebody else: it must be there already</source>
        <translation>Créé ailleurs&#xa0;: il doit déjà exister</translation>
    </message>
    <message>
        <source>Used by: %1</source>
        <translation>Utilisé par&#xa0;: %1</translation>
    </message>
    <message>
        <source>From the file %1</source>
        <translation>Tiré du fichier %1</translation>
    </message>
    <message>
        <source>An extension: Compose leaves it alone. Anchors in it can be used elsewhere.</source>
        <translation>Une extension&#xa0;: Compose n&apos;y touche pas. Ses ancres peuvent servir ailleurs.</translation>
    </message>
    <message>
        <source>The Compose Specification knows no “%1” here.</source>
        <translation>La spécification Compose ne connaît pas «&#xa0;%1&#xa0;» ici.</translation>
    </message>
</context>
<context>
    <name>ComposeProblems</name>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
</context>
<context>
    <name>ComposeSchema</name>
    <message>
        <source>Builds the service&apos;s image of a Dockerfile instead of pulling it: the folder to build in, or a map with more to say. With image beside it, that is the name of what is built; without: PROJECT-SERVICE.</source>
        <translation>Construit l&apos;image du service à partir d&apos;un Dockerfile au lieu de la télécharger : le dossier où construire, ou une forme longue pour en dire plus. Avec image à côté, c&apos;est le nom de ce qui est construit ; sans : PROJET-SERVICE.</translation>
    </message>
    <message>
        <source>The folder whose files the Dockerfile may copy; relative paths start from the project&apos;s folder. Default: that folder. A folder of this machine alone: clone a repository first.</source>
        <translation>Le dossier dont le Dockerfile peut copier les fichiers ; les chemins relatifs partent du dossier du projet. Par défaut : ce dossier. Un dossier de cette machine seulement : clonez d&apos;abord un dépôt.</translation>
    </message>
    <message>
        <source>The Dockerfile, relative to the context. Default: Dockerfile.</source>
        <translation>Le Dockerfile, relatif au contexte. Par défaut : Dockerfile.</translation>
    </message>
    <message>
        <source>The Dockerfile itself, written here. Not together with dockerfile.</source>
        <translation>Le Dockerfile lui-même, écrit ici. Pas avec dockerfile.</translation>
    </message>
    <message>
        <source>Rights that RUN of the Dockerfile may ask for: network.host and security.insecure. An administrator&apos;s.</source>
        <translation>Les droits que RUN peut demander dans le Dockerfile : network.host et security.insecure. Ceux d&apos;un administrateur.</translation>
    </message>
    <message>
        <source>Values of the Dockerfile&apos;s ARG instructions. A name without a value takes that of the environment. Not for secrets: they can be read in the image&apos;s history.</source>
        <translation>Les valeurs des instructions ARG du Dockerfile. Un nom sans valeur prend celle de l&apos;environnement. Pas pour des secrets : on les lit dans l&apos;historique de l&apos;image.</translation>
    </message>
    <message>
        <source>Agents for RUN --mount=type=ssh: default is the person&apos;s own (SSH_AUTH_SOCK), ID=PATH another socket.</source>
        <translation>Des agents pour RUN --mount=type=ssh : default est celui de la personne (SSH_AUTH_SOCK), ID=CHEMIN un autre socket.</translation>
    </message>
    <message>
        <source>Labels of the image, added to those of the Dockerfile.</source>
        <translation>Des labels de l&apos;image, ajoutés à ceux du Dockerfile.</translation>
    </message>
    <message>
        <source>Where layers of earlier builds are looked for, such as an image of a registry.</source>
        <translation>Où chercher les couches de constructions passées, par exemple une image d&apos;un registre.</translation>
    </message>
    <message>
        <source>builds have the cache of this machine alone; without the other one they take longer, and make the same</source>
        <translation>les constructions n&apos;ont que le cache de cette machine ; sans l&apos;autre elles durent plus longtemps et font la même chose</translation>
    </message>
    <message>
        <source>Where the layers of this build are put for later ones.</source>
        <translation>Où mettre les couches de cette construction pour les suivantes.</translation>
    </message>
    <message>
        <source>builds have the cache of this machine alone</source>
        <translation>les constructions n&apos;ont que le cache de cette machine</translation>
    </message>
    <message>
        <source>Does every step anew. Default: false.</source>
        <translation>Refait chaque étape. Par défaut : false.</translation>
    </message>
    <message>
        <source>Further folders or images that FROM and COPY --from of the Dockerfile may name.</source>
        <translation>D&apos;autres dossiers ou images que FROM et COPY --from peuvent nommer dans le Dockerfile.</translation>
    </message>
    <message>
        <source>a build has one folder of files; an image can be named in the Dockerfile itself</source>
        <translation>une construction a un seul dossier de fichiers ; une image peut être nommée dans le Dockerfile lui-même</translation>
    </message>
    <message>
        <source>The network of RUN: default, none (the build cannot reach anything), or host (an administrator&apos;s right).</source>
        <translation>Le réseau de RUN : default, none (la construction ne joint rien) ou host (droit d&apos;administrateur).</translation>
    </message>
    <message>
        <source>Adds a statement to the image of how it was built.</source>
        <translation>Ajoute à l&apos;image une déclaration de la façon dont elle a été construite.</translation>
    </message>
    <message>
        <source>images are built without attestations; the image itself is the same</source>
        <translation>les images sont construites sans attestations ; l&apos;image elle-même est la même</translation>
    </message>
    <message>
        <source>Adds a list of the software in it to the image.</source>
        <translation>Ajoute à l&apos;image la liste des logiciels qu&apos;elle contient.</translation>
    </message>
    <message>
        <source>Looks in the registry whether the images of FROM are newer there. Default: false.</source>
        <translation>Regarde dans le registre si les images de FROM y sont plus récentes. Par défaut : false.</translation>
    </message>
    <message>
        <source>The stage of the Dockerfile to stop at. Default: the last one. For a development stage beside the one to ship.</source>
        <translation>L&apos;étape du Dockerfile où s&apos;arrêter. Par défaut : la dernière. Pour une étape de développement à côté de celle à livrer.</translation>
    </message>
    <message>
        <source>The size of /dev/shm for RUN. Default: 64m.</source>
        <translation>La taille de /dev/shm pour RUN. Par défaut : 64m.</translation>
    </message>
    <message>
        <source>Lines for /etc/hosts of RUN: a name and an address.</source>
        <translation>Des lignes pour le /etc/hosts de RUN : un nom et une adresse.</translation>
    </message>
    <message>
        <source>How Windows isolates a build.</source>
        <translation>Comment Windows isole une construction.</translation>
    </message>
    <message>
        <source>it is a word of Windows&apos; containers</source>
        <translation>c&apos;est un mot des conteneurs Windows</translation>
    </message>
    <message>
        <source>Lets RUN --security=insecure do what root of this machine can. An administrator&apos;s right. Default: false.</source>
        <translation>Laisse RUN --security=insecure faire ce que peut root de cette machine. Droit d&apos;administrateur. Par défaut : false.</translation>
    </message>
    <message>
        <source>Secrets of the top level for RUN --mount=type=secret. They are in no layer.</source>
        <translation>Des secrets du premier niveau pour RUN --mount=type=secret. Ils ne sont dans aucune couche.</translation>
    </message>
    <message>
        <source>The secret&apos;s name at the top level.</source>
        <translation>Le nom du secret au premier niveau.</translation>
    </message>
    <message>
        <source>The id that the Dockerfile names it by. Default: the secret&apos;s name.</source>
        <translation>L&apos;identifiant par lequel le Dockerfile le nomme. Par défaut : le nom du secret.</translation>
    </message>
    <message>
        <source>The user that the file belongs to.</source>
        <translation>L&apos;utilisateur à qui appartient le fichier.</translation>
    </message>
    <message>
        <source>RUN --mount=type=secret has the last word on it: write it there</source>
        <translation>RUN --mount=type=secret a le dernier mot : écrivez-le là</translation>
    </message>
    <message>
        <source>The group that the file belongs to.</source>
        <translation>Le groupe auquel appartient le fichier.</translation>
    </message>
    <message>
        <source>The file&apos;s mode.</source>
        <translation>Le mode du fichier.</translation>
    </message>
    <message>
        <source>Further names of the image.</source>
        <translation>D&apos;autres noms de l&apos;image.</translation>
    </message>
    <message>
        <source>Limits of the processes of RUN.</source>
        <translation>Les limites des processus de RUN.</translation>
    </message>
    <message>
        <source>RUN has the engine&apos;s own limits</source>
        <translation>RUN a les limites du moteur</translation>
    </message>
    <message>
        <source>The limit that a process cannot raise.</source>
        <translation>La limite qu&apos;un processus ne peut pas relever.</translation>
    </message>
    <message>
        <source>The limit that holds, up to the hard one.</source>
        <translation>La limite en vigueur, jusqu&apos;à la limite dure.</translation>
    </message>
    <message>
        <source>The platform that the image is built for: one. Default: this machine&apos;s, or the service&apos;s platform.</source>
        <translation>La plate-forme pour laquelle l&apos;image est construite : une seule. Par défaut : celle de cette machine, ou platform du service.</translation>
    </message>
    <message>
        <source>updates are rolled out by a swarm; here up replaces the containers of what has changed, in the order of the dependencies</source>
        <translation>c&apos;est un essaim (swarm) qui étale les mises à jour ; ici, démarrer la pile remplace les conteneurs de ce qui a changé, dans l&apos;ordre des dépendances</translation>
    </message>
    <message>
        <source>there is one machine, and everything runs there</source>
        <translation>il n&apos;y a qu&apos;une machine, et tout y tourne</translation>
    </message>
    <message>
        <source>they are a swarm&apos;s way to choose a machine</source>
        <translation>c&apos;est la façon dont un essaim (swarm) choisit une machine</translation>
    </message>
    <message>
        <source>the engine hands no graphics cards or other accelerators to containers</source>
        <translation>le moteur ne donne aux conteneurs ni cartes graphiques ni autres accélérateurs</translation>
    </message>
    <message>
        <source>How the service is deployed: how many containers it has, what they may use, when they start again. Words that are a swarm&apos;s alone mean nothing here.</source>
        <translation>Comment le service est déployé : combien de conteneurs il a, ce qu&apos;ils peuvent utiliser, quand ils redémarrent. Les mots propres à un essaim (swarm) ne veulent rien dire ici.</translation>
    </message>
    <message>
        <source>replicated (the default): as many containers as replicas says; global: one for each machine, so one here.</source>
        <translation>replicated (par défaut) : autant de conteneurs que le dit replicas ; global : un par machine, donc un ici.</translation>
    </message>
    <message>
        <source>How a swarm makes the service&apos;s name lead to its containers.</source>
        <translation>Comment un essaim (swarm) fait mener le nom du service à ses conteneurs.</translation>
    </message>
    <message>
        <source>without a swarm a service&apos;s name leads to the addresses of its containers</source>
        <translation>sans essaim (swarm), le nom d&apos;un service mène aux adresses de ses conteneurs</translation>
    </message>
    <message>
        <source>How many containers the service has. Default: 1. More than one needs ports that do not clash, and no container_name.</source>
        <translation>Combien de conteneurs a le service. Par défaut : 1. Au-delà, il faut des ports qui ne se heurtent pas et pas de container_name.</translation>
    </message>
    <message>
        <source>Labels of the swarm&apos;s service, not of its containers: those are beside deploy.</source>
        <translation>Les labels du service de l&apos;essaim (swarm), pas de ses conteneurs : ceux-là sont à côté de deploy.</translation>
    </message>
    <message>
        <source>they are a swarm&apos;s service&apos;s; containers have those of labels beside deploy</source>
        <translation>ce sont ceux d&apos;un service d&apos;essaim (swarm) ; les conteneurs ont ceux de labels, à côté de deploy</translation>
    </message>
    <message>
        <source>How a swarm goes back when an update fails.</source>
        <translation>Comment un essaim (swarm) revient en arrière quand une mise à jour échoue.</translation>
    </message>
    <message>
        <source>How many containers go back at once; 0: all.</source>
        <translation>Combien de conteneurs reviennent en arrière à la fois ; 0 : tous.</translation>
    </message>
    <message>
        <source>The pause between groups that go back.</source>
        <translation>La pause entre deux groupes qui reviennent en arrière.</translation>
    </message>
    <message>
        <source>What to do when going back fails: continue or pause.</source>
        <translation>Que faire quand le retour en arrière échoue : continue ou pause.</translation>
    </message>
    <message>
        <source>How long each container is watched for a failure.</source>
        <translation>Combien de temps un échec de chaque conteneur est guetté.</translation>
    </message>
    <message>
        <source>The share of failures that is borne, from 0 to 1.</source>
        <translation>La part d&apos;échecs supportée, de 0 à 1.</translation>
    </message>
    <message>
        <source>Whether the old container stops first, or the new one starts first.</source>
        <translation>Si l&apos;ancien conteneur s&apos;arrête d&apos;abord, ou si le nouveau démarre d&apos;abord.</translation>
    </message>
    <message>
        <source>How a swarm rolls out an update.</source>
        <translation>Comment un essaim (swarm) étale une mise à jour.</translation>
    </message>
    <message>
        <source>How many containers are updated at once.</source>
        <translation>Combien de conteneurs sont mis à jour à la fois.</translation>
    </message>
    <message>
        <source>The pause between groups that are updated.</source>
        <translation>La pause entre deux groupes mis à jour.</translation>
    </message>
    <message>
        <source>What to do when an update fails: continue, rollback or pause.</source>
        <translation>Que faire quand une mise à jour échoue : continue, rollback ou pause.</translation>
    </message>
    <message>
        <source>What each container may use at most, and what is kept for it.</source>
        <translation>Ce que chaque conteneur peut utiliser au plus, et ce qui lui est gardé.</translation>
    </message>
    <message>
        <source>What each container may use at most.</source>
        <translation>Ce que chaque conteneur peut utiliser au plus.</translation>
    </message>
    <message>
        <source>How much processor time: 0.5 is half a core. Default: no limit. The same as cpus of the service.</source>
        <translation>Combien de temps de processeur : 0.5 est un demi-cœur. Par défaut : pas de limite. Comme cpus du service.</translation>
    </message>
    <message>
        <source>How much memory; a process of a container that wants more is ended. Default: no limit. The same as mem_limit.</source>
        <translation>Combien de mémoire ; un processus d&apos;un conteneur qui en veut plus est arrêté. Par défaut : pas de limite. Comme mem_limit.</translation>
    </message>
    <message>
        <source>How many processes and threads. Default: 1024; -1: no limit. The same as pids_limit.</source>
        <translation>Combien de processus et de fils d&apos;exécution. Par défaut : 1024 ; -1 : pas de limite. Comme pids_limit.</translation>
    </message>
    <message>
        <source>What is kept for each container when the machine gets short.</source>
        <translation>Ce qui est gardé pour chaque conteneur quand la machine est à court.</translation>
    </message>
    <message>
        <source>Processor time that a swarm keeps for the container when it chooses a machine.</source>
        <translation>Le temps de processeur qu&apos;un essaim (swarm) réserve au conteneur en choisissant une machine.</translation>
    </message>
    <message>
        <source>a swarm chooses a machine by it; cpu_shares says who comes first on one</source>
        <translation>un essaim (swarm) s&apos;en sert pour choisir une machine ; sur une seule, cpu_shares dit qui passe d&apos;abord</translation>
    </message>
    <message>
        <source>What the container keeps when memory gets short: a soft limit. The same as mem_reservation.</source>
        <translation>Ce que garde le conteneur quand la mémoire manque : une limite souple. Comme mem_reservation.</translation>
    </message>
    <message>
        <source>Resources of a person&apos;s own invention, by which a swarm chooses a machine.</source>
        <translation>Des ressources inventées par une personne, par lesquelles un essaim (swarm) choisit une machine.</translation>
    </message>
    <message>
        <source>A resource that is counted.</source>
        <translation>Une ressource qui se compte.</translation>
    </message>
    <message>
        <source>The resource&apos;s name.</source>
        <translation>Le nom de la ressource.</translation>
    </message>
    <message>
        <source>How many of it.</source>
        <translation>Combien il y en a.</translation>
    </message>
    <message>
        <source>Graphics cards and other accelerators for the container.</source>
        <translation>Des cartes graphiques et d&apos;autres accélérateurs pour le conteneur.</translation>
    </message>
    <message>
        <source>What the device can do, such as gpu.</source>
        <translation>Ce que le périphérique sait faire, par exemple gpu.</translation>
    </message>
    <message>
        <source>How many, or all.</source>
        <translation>Combien, ou all (toutes).</translation>
    </message>
    <message>
        <source>Which ones, by their ids.</source>
        <translation>Lesquelles, par leur identifiant.</translation>
    </message>
    <message>
        <source>Whose devices, such as nvidia.</source>
        <translation>Les périphériques de quelle marque, par exemple nvidia.</translation>
    </message>
    <message>
        <source>Options of the devices&apos; driver.</source>
        <translation>Options du pilote des périphériques.</translation>
    </message>
    <message>
        <source>When a container that has ended starts again. It wins over restart of the service.</source>
        <translation>Quand un conteneur terminé redémarre. L&apos;emporte sur restart du service.</translation>
    </message>
    <message>
        <source>none: never; on-failure: when its exit code was not 0; any (the default): always. unless-stopped and always mean the same as in restart.</source>
        <translation>none : jamais ; on-failure : quand le code de fin n&apos;était pas 0 ; any (par défaut) : toujours. unless-stopped et always ont le même sens que dans restart.</translation>
    </message>
    <message>
        <source>The pause before each start.</source>
        <translation>La pause avant chaque redémarrage.</translation>
    </message>
    <message>
        <source>the engine chooses the pauses: a tenth of a second, doubled each time, up to a minute</source>
        <translation>le moteur choisit les pauses : un dixième de seconde, doublé à chaque fois, jusqu&apos;à une minute</translation>
    </message>
    <message>
        <source>How many starts are tried after failures. Default: no limit. For on-failure.</source>
        <translation>Combien de redémarrages sont tentés après des échecs. Par défaut : pas de limite. Pour on-failure.</translation>
    </message>
    <message>
        <source>How long a container must run for its start to count as a success.</source>
        <translation>Combien de temps un conteneur doit tourner pour que son démarrage soit compté comme réussi.</translation>
    </message>
    <message>
        <source>the engine takes a start for a success after ten seconds</source>
        <translation>le moteur tient un démarrage pour réussi au bout de dix secondes</translation>
    </message>
    <message>
        <source>Which machines of a swarm the containers may run on.</source>
        <translation>Sur quelles machines d&apos;un essaim (swarm) peuvent tourner les conteneurs.</translation>
    </message>
    <message>
        <source>What a machine must be for the containers to run on it.</source>
        <translation>Ce que doit être une machine pour que les conteneurs y tournent.</translation>
    </message>
    <message>
        <source>How the containers are spread over machines.</source>
        <translation>Comment les conteneurs sont répartis sur les machines.</translation>
    </message>
    <message>
        <source>The label of machines that containers are spread by.</source>
        <translation>Le label des machines qui guide la répartition des conteneurs.</translation>
    </message>
    <message>
        <source>How many containers may be on one machine.</source>
        <translation>Combien de conteneurs il peut y avoir sur une machine.</translation>
    </message>
    <message>
        <source>watch, which does something when files change, is not here yet; up works without it</source>
        <translation>watch, qui agit quand des fichiers changent, n&apos;est pas encore là ; la pile démarre sans lui</translation>
    </message>
    <message>
        <source>What to do while somebody works on the service&apos;s files.</source>
        <translation>Que faire pendant que quelqu&apos;un travaille sur les fichiers du service.</translation>
    </message>
    <message>
        <source>Folders that are watched, and what a change in each does.</source>
        <translation>Les dossiers surveillés, et ce que fait un changement dans chacun.</translation>
    </message>
    <message>
        <source>Patterns of files whose changes do not count, relative to path.</source>
        <translation>Des motifs de fichiers dont les changements ne comptent pas, relatifs à path.</translation>
    </message>
    <message>
        <source>Patterns of the only files whose changes count, relative to path.</source>
        <translation>Des motifs des seuls fichiers dont les changements comptent, relatifs à path.</translation>
    </message>
    <message>
        <source>The file or folder that is watched.</source>
        <translation>Le fichier ou dossier surveillé.</translation>
    </message>
    <message>
        <source>What a change does: build the image anew, copy the file into the container, restart it, or run a command.</source>
        <translation>Ce que fait un changement : reconstruire l&apos;image, copier le fichier dans le conteneur, le redémarrer, ou exécuter une commande.</translation>
    </message>
    <message>
        <source>Where the files are copied to, in the container.</source>
        <translation>Où les fichiers sont copiés, dans le conteneur.</translation>
    </message>
    <message>
        <source>The command that runs in the container after a copy.</source>
        <translation>La commande exécutée dans le conteneur après une copie.</translation>
    </message>
    <message>
        <source>The command&apos;s words.</source>
        <translation>Les mots de la commande.</translation>
    </message>
    <message>
        <source>Who runs it. Default: the container&apos;s user.</source>
        <translation>Qui l&apos;exécute. Par défaut : l&apos;utilisateur du conteneur.</translation>
    </message>
    <message>
        <source>Whether it may do all that root of this machine can.</source>
        <translation>Si elle peut tout ce que peut root de cette machine.</translation>
    </message>
    <message>
        <source>The folder that it runs in.</source>
        <translation>Le dossier où elle s&apos;exécute.</translation>
    </message>
    <message>
        <source>Variables for it.</source>
        <translation>Des variables pour elle.</translation>
    </message>
    <message>
        <source>Whether everything is copied when watching begins.</source>
        <translation>Si tout est copié quand la surveillance commence.</translation>
    </message>
    <message>
        <source>models are run by Docker&apos;s model runner, which this engine has no part of</source>
        <translation>les modèles sont exécutés par le « model runner » de Docker, dont ce moteur n&apos;a rien</translation>
    </message>
    <message>
        <source>the engine keeps no secrets or configs by name: they are read from a file, the environment or the Compose file itself</source>
        <translation>le moteur ne garde ni secrets ni configs par leur nom : ils viennent d&apos;un fichier, de l&apos;environnement ou du fichier Compose lui-même</translation>
    </message>
    <message>
        <source>it is a word of a swarm&apos;s, and this is one machine</source>
        <translation>c&apos;est un mot d&apos;un essaim (swarm), et il n&apos;y a ici qu&apos;une machine</translation>
    </message>
    <message>
        <source>The version of the file&apos;s format. Today&apos;s format has none: it is read by nobody and can be left out.</source>
        <translation>La version du format du fichier. Le format d&apos;aujourd&apos;hui n&apos;en a pas : personne ne la lit, on peut l&apos;enlever.</translation>
    </message>
    <message>
        <source>it is not needed any more: there is one format</source>
        <translation>on n&apos;en a plus besoin : il n&apos;y a qu&apos;un format</translation>
    </message>
    <message>
        <source>The project&apos;s name, in front of the names of all its containers, networks and volumes. Lower-case letters, digits, - and _. Without it: the folder&apos;s name.</source>
        <translation>Le nom du projet, au début du nom de tous ses conteneurs, réseaux et volumes. Lettres minuscules, chiffres, - et _. Sans lui : le nom du dossier.</translation>
    </message>
    <message>
        <source>Other Compose files that become part of this one, each read in its own folder. For parts that several projects share.</source>
        <translation>D&apos;autres fichiers Compose qui deviennent une partie de celui-ci, chacun lu dans son dossier. Pour ce que plusieurs projets partagent.</translation>
    </message>
    <message>
        <source>The file to include; of several, the later ones are merged over the first.</source>
        <translation>Le fichier à inclure ; s&apos;il y en a plusieurs, les suivants sont fusionnés par-dessus le premier.</translation>
    </message>
    <message>
        <source>Files of variables for the included file. Without it: the .env of its folder.</source>
        <translation>Des fichiers de variables pour le fichier inclus. Sans eux : le .env de son dossier.</translation>
    </message>
    <message>
        <source>The folder that relative paths of the included file start from. Without it: the file&apos;s own.</source>
        <translation>Le dossier d&apos;où partent les chemins relatifs du fichier inclus. Sans lui : celui du fichier.</translation>
    </message>
    <message>
        <source>The parts of the application: each is an image (or a build), how it runs, and how many containers of it there are. The name of a service is its host name in the stack&apos;s networks.</source>
        <translation>Les parties de l&apos;application : chacune est une image (ou une construction), la façon de l&apos;exécuter et le nombre de ses conteneurs. Le nom d&apos;un service est son nom d&apos;hôte dans les réseaux de la pile.</translation>
    </message>
    <message>
        <source>The networks of the stack. Containers in one network reach each other by the names of their services. Without any there is one, called default.</source>
        <translation>Les réseaux de la pile. Les conteneurs d&apos;un même réseau se joignent par le nom de leur service. Sans rien, il y en a un, appelé default.</translation>
    </message>
    <message>
        <source>The network&apos;s name in the engine. Without it: PROJECT_KEY. With external: the network to join.</source>
        <translation>Le nom du réseau dans le moteur. Sans lui : PROJET_CLÉ. Avec external : le réseau à rejoindre.</translation>
    </message>
    <message>
        <source>How the network is made: bridge (the default: private to this machine), macvlan or ipvlan (containers appear in the machine&apos;s own network; an administrator&apos;s right), host or none.</source>
        <translation>La façon de faire le réseau : bridge (par défaut : propre à cette machine), macvlan ou ipvlan (les conteneurs apparaissent dans le réseau de la machine ; droit d&apos;administrateur), host ou none.</translation>
    </message>
    <message>
        <source>Options of the driver: com.docker.network.bridge.enable_icc, com.docker.network.bridge.enable_ip_masquerade, com.docker.network.driver.mtu; parent and macvlan_mode or ipvlan_mode.</source>
        <translation>Options du pilote : com.docker.network.bridge.enable_icc, com.docker.network.bridge.enable_ip_masquerade, com.docker.network.driver.mtu ; parent et macvlan_mode ou ipvlan_mode.</translation>
    </message>
    <message>
        <source>Which addresses the network has. Without it the engine chooses a subnet that is free.</source>
        <translation>Les adresses du réseau. Sans cela, le moteur choisit un sous-réseau libre.</translation>
    </message>
    <message>
        <source>Who gives out addresses. There is one: default.</source>
        <translation>Qui donne les adresses. Il n&apos;y en a qu&apos;un : default.</translation>
    </message>
    <message>
        <source>the engine gives out addresses itself</source>
        <translation>le moteur donne lui-même les adresses</translation>
    </message>
    <message>
        <source>The network&apos;s subnets: at most one of IPv4 and one of IPv6.</source>
        <translation>Les sous-réseaux du réseau : au plus un en IPv4 et un en IPv6.</translation>
    </message>
    <message>
        <source>The addresses of the network, with the length of their common part. Subnets that overlap another network or a route of this machine are refused.</source>
        <translation>Les adresses du réseau, avec la longueur de leur partie commune. Un sous-réseau qui recouvre un autre réseau ou une route de cette machine est refusé.</translation>
    </message>
    <message>
        <source>The part of the subnet that containers&apos; addresses are chosen from. Without it: all of it.</source>
        <translation>La partie du sous-réseau où sont choisies les adresses des conteneurs. Sans elle : tout le sous-réseau.</translation>
    </message>
    <message>
        <source>The address of this machine in the network: the containers&apos; way out. Without it: the subnet&apos;s first.</source>
        <translation>L&apos;adresse de cette machine dans le réseau : la sortie des conteneurs. Sans elle : la première du sous-réseau.</translation>
    </message>
    <message>
        <source>Addresses that no container may get.</source>
        <translation>Des adresses qu&apos;aucun conteneur ne peut recevoir.</translation>
    </message>
    <message>
        <source>the engine keeps no addresses back; an ip_range that they are not in does the same</source>
        <translation>le moteur ne met pas d&apos;adresses de côté ; un ip_range qui ne les contient pas fait la même chose</translation>
    </message>
    <message>
        <source>Options of the address driver.</source>
        <translation>Options du pilote d&apos;adresses.</translation>
    </message>
    <message>
        <source>the engine gives out addresses itself, and has no such options</source>
        <translation>le moteur donne lui-même les adresses et n&apos;a pas de telles options</translation>
    </message>
    <message>
        <source>The network is there already: it is joined, never made or removed. For stacks that meet in one network.</source>
        <translation>Le réseau existe déjà : on le rejoint, on ne le crée ni ne le supprime jamais. Pour des piles qui se retrouvent dans un réseau.</translation>
    </message>
    <message>
        <source>The old way to say name beside external: true.</source>
        <translation>L&apos;ancienne façon d&apos;écrire name à côté de external: true.</translation>
    </message>
    <message>
        <source>Without a way out: containers reach each other and nothing else. Good for databases. Default: false.</source>
        <translation>Sans sortie : les conteneurs se joignent entre eux et rien d&apos;autre. Bien pour les bases de données. Par défaut : false.</translation>
    </message>
    <message>
        <source>Whether the network has IPv4 addresses. Default: true.</source>
        <translation>Si le réseau a des adresses IPv4. Par défaut : true.</translation>
    </message>
    <message>
        <source>the engine&apos;s networks always have IPv4</source>
        <translation>les réseaux du moteur ont toujours IPv4</translation>
    </message>
    <message>
        <source>Gives the network IPv6 addresses beside IPv4&apos;s; a private subnet is chosen when none is given. Default: false.</source>
        <translation>Donne au réseau des adresses IPv6 à côté d&apos;IPv4 ; un sous-réseau privé est choisi si aucun n&apos;est donné. Par défaut : false.</translation>
    </message>
    <message>
        <source>Lets containers that are no service&apos;s join a swarm&apos;s network. On one machine they always may.</source>
        <translation>Permet à des conteneurs hors service de rejoindre un réseau d&apos;un essaim (swarm). Sur une seule machine, ils le peuvent toujours.</translation>
    </message>
    <message>
        <source>every container may join a network of its owner&apos;s</source>
        <translation>tout conteneur peut rejoindre un réseau de son propriétaire</translation>
    </message>
    <message>
        <source>Names and values to find the network by.</source>
        <translation>Des noms et des valeurs pour retrouver le réseau.</translation>
    </message>
    <message>
        <source>Named volumes: folders that the engine keeps and that outlive the containers. A service mounts one by its name. Data of databases belongs here.</source>
        <translation>Les volumes nommés : des dossiers que le moteur garde et qui survivent aux conteneurs. Un service en monte un par son nom. Les données d&apos;une base de données vont ici.</translation>
    </message>
    <message>
        <source>The volume&apos;s name in the engine. Without it: PROJECT_KEY. With external: the volume to use.</source>
        <translation>Le nom du volume dans le moteur. Sans lui : PROJET_CLÉ. Avec external : le volume à utiliser.</translation>
    </message>
    <message>
        <source>Who keeps the volume. There is one: local, which also mounts NFS and other file systems by driver_opts.</source>
        <translation>Qui garde le volume. Il n&apos;y en a qu&apos;un : local, qui monte aussi NFS et d&apos;autres systèmes de fichiers par driver_opts.</translation>
    </message>
    <message>
        <source>What the volume mounts, in mount&apos;s words: type, device and o. Without it: a folder of the engine&apos;s.</source>
        <translation>Ce que le volume monte, avec les mots de mount : type, device et o. Sans cela : un dossier du moteur.</translation>
    </message>
    <message>
        <source>The volume is there already: it is used, never made or removed, not even by down with volumes.</source>
        <translation>Le volume existe déjà : on l&apos;utilise, on ne le crée ni ne le supprime jamais, même en arrêtant la pile avec ses volumes.</translation>
    </message>
    <message>
        <source>Names and values to find the volume by.</source>
        <translation>Des noms et des valeurs pour retrouver le volume.</translation>
    </message>
    <message>
        <source>Passwords, keys and the like, as files in the containers of those services that name them: never in an image, an environment or a record.</source>
        <translation>Mots de passe, clés et autres, sous forme de fichiers dans les conteneurs des services qui les nomment : jamais dans une image, un environnement ou un journal.</translation>
    </message>
    <message>
        <source>The secret&apos;s name in a store of secrets.</source>
        <translation>Le nom du secret dans un magasin de secrets.</translation>
    </message>
    <message>
        <source>A variable of the environment (or of .env) that holds the secret.</source>
        <translation>Une variable de l&apos;environnement (ou du .env) qui contient le secret.</translation>
    </message>
    <message>
        <source>A file that holds the secret; relative paths start from the project&apos;s folder. Keep it out of version control.</source>
        <translation>Un fichier qui contient le secret ; les chemins relatifs partent du dossier du projet. À garder hors du gestionnaire de versions.</translation>
    </message>
    <message>
        <source>The secret is in a store already.</source>
        <translation>Le secret est déjà dans un magasin.</translation>
    </message>
    <message>
        <source>The name of a secret that is in a store already.</source>
        <translation>Le nom d&apos;un secret qui est déjà dans un magasin.</translation>
    </message>
    <message>
        <source>Names and values to find a stored secret by.</source>
        <translation>Des noms et des valeurs pour retrouver un secret enregistré.</translation>
    </message>
    <message>
        <source>A plug-in that fetches the secret.</source>
        <translation>Un greffon qui va chercher le secret.</translation>
    </message>
    <message>
        <source>there are no plug-ins for secrets</source>
        <translation>il n&apos;y a pas de greffons pour les secrets</translation>
    </message>
    <message>
        <source>Options of the plug-in that fetches the secret.</source>
        <translation>Options du greffon qui va chercher le secret.</translation>
    </message>
    <message>
        <source>Makes a template of the secret, filled in for each container by a swarm.</source>
        <translation>Fait du secret un modèle, rempli par un essaim (swarm) pour chaque conteneur.</translation>
    </message>
    <message>
        <source>Configuration files for the containers of those services that name them, so that no image has to be built for them.</source>
        <translation>Des fichiers de configuration pour les conteneurs des services qui les nomment, sans avoir à construire une image pour eux.</translation>
    </message>
    <message>
        <source>The config&apos;s name in a store of configs.</source>
        <translation>Le nom de la config dans un magasin de configs.</translation>
    </message>
    <message>
        <source>What the file holds, written here; variables in it are replaced.</source>
        <translation>Ce que contient le fichier, écrit ici ; les variables y sont remplacées.</translation>
    </message>
    <message>
        <source>A variable of the environment (or of .env) that holds what the file is to hold.</source>
        <translation>Une variable de l&apos;environnement (ou du .env) qui contient ce que le fichier doit contenir.</translation>
    </message>
    <message>
        <source>A file whose content it gets; relative paths start from the project&apos;s folder.</source>
        <translation>Un fichier dont elle prend le contenu ; les chemins relatifs partent du dossier du projet.</translation>
    </message>
    <message>
        <source>The config is in a store already.</source>
        <translation>La config est déjà dans un magasin.</translation>
    </message>
    <message>
        <source>The name of a config that is in a store already.</source>
        <translation>Le nom d&apos;une config qui est déjà dans un magasin.</translation>
    </message>
    <message>
        <source>Names and values to find a stored config by.</source>
        <translation>Des noms et des valeurs pour retrouver une config enregistrée.</translation>
    </message>
    <message>
        <source>Makes a template of the config, filled in for each container by a swarm.</source>
        <translation>Fait de la config un modèle, rempli par un essaim (swarm) pour chaque conteneur.</translation>
    </message>
    <message>
        <source>Language models that services of the stack talk to.</source>
        <translation>Les modèles de langage auxquels parlent les services de la pile.</translation>
    </message>
    <message>
        <source>The model&apos;s name for the runner.</source>
        <translation>Le nom du modèle pour l&apos;exécuteur.</translation>
    </message>
    <message>
        <source>The reference of the model&apos;s artifact.</source>
        <translation>La référence de l&apos;artefact du modèle.</translation>
    </message>
    <message>
        <source>How many tokens the model sees at once.</source>
        <translation>Combien de jetons le modèle voit à la fois.</translation>
    </message>
    <message>
        <source>Flags of the program that runs the model.</source>
        <translation>Options du programme qui exécute le modèle.</translation>
    </message>
    <message>
        <source>a provider is a program outside that makes something else than a container; the engine runs none</source>
        <translation>un « provider » est un programme extérieur qui fait autre chose qu&apos;un conteneur ; le moteur n&apos;en exécute pas</translation>
    </message>
    <message>
        <source>The image that the containers are made of, with its tag: it is pulled when it is not here. Without a tag it is latest, which changes under one&apos;s feet.</source>
        <translation>L&apos;image dont sont faits les conteneurs, avec son étiquette : elle est téléchargée si elle n&apos;est pas là. Sans étiquette c&apos;est latest, qui change sans prévenir.</translation>
    </message>
    <message>
        <source>When the image is pulled: missing (the default: when it is not here), always, never, build (made by the build below), daily, weekly or every_ with a duration.</source>
        <translation>Quand l&apos;image est téléchargée : missing (par défaut : si elle n&apos;est pas là), always, never, build (faite par le build du service), daily, weekly ou every_ suivi d&apos;une durée.</translation>
    </message>
    <message>
        <source>How old a pulled image may be, for the policy refresh.</source>
        <translation>L&apos;âge que peut avoir une image téléchargée, pour la règle refresh.</translation>
    </message>
    <message>
        <source>when an image was looked for is not kept: pull_policy always looks at each up</source>
        <translation>la date de la dernière recherche d&apos;une image n&apos;est pas gardée : pull_policy always cherche à chaque démarrage de la pile</translation>
    </message>
    <message>
        <source>The platform of the image, such as linux/arm64. Default: this machine&apos;s.</source>
        <translation>La plate-forme de l&apos;image, par exemple linux/arm64. Par défaut : celle de cette machine.</translation>
    </message>
    <message>
        <source>What the containers run instead of the image&apos;s CMD: a list of words, or a text that is split as a shell would, without being run by one.</source>
        <translation>Ce que les conteneurs exécutent à la place du CMD de l&apos;image : une liste de mots, ou un texte découpé comme par un shell, mais qu&apos;aucun shell n&apos;exécute.</translation>
    </message>
    <message>
        <source>What stands before the command, instead of the image&apos;s ENTRYPOINT. Empty: nothing does. The image&apos;s CMD is dropped as well.</source>
        <translation>Ce qui précède la commande, à la place de l&apos;ENTRYPOINT de l&apos;image. Vide : rien. Le CMD de l&apos;image est abandonné aussi.</translation>
    </message>
    <message>
        <source>Variables in the containers&apos; environment. A name without a value takes that of the environment that up runs in. They win over those of env_file.</source>
        <translation>Des variables de l&apos;environnement des conteneurs. Un nom sans valeur prend celle de l&apos;environnement où la pile est démarrée. Elles l&apos;emportent sur celles de env_file.</translation>
    </message>
    <message>
        <source>Files with variables for the containers&apos; environment, NAME=value in each line. Later ones win over earlier ones.</source>
        <translation>Des fichiers de variables pour l&apos;environnement des conteneurs, NOM=valeur sur chaque ligne. Les derniers l&apos;emportent sur les premiers.</translation>
    </message>
    <message>
        <source>The file; relative paths start from the project&apos;s folder.</source>
        <translation>Le fichier ; les chemins relatifs partent du dossier du projet.</translation>
    </message>
    <message>
        <source>raw: values are taken as they stand, without quotes or variables being read. Default: as in .env.</source>
        <translation>raw : les valeurs sont prises telles quelles, sans lire ni guillemets ni variables. Par défaut : comme dans .env.</translation>
    </message>
    <message>
        <source>Whether it is an error that the file is missing. Default: true.</source>
        <translation>Si l&apos;absence du fichier est une erreur. Par défaut : true.</translation>
    </message>
    <message>
        <source>Files with labels for the containers, NAME=value in each line; what labels says wins over them.</source>
        <translation>Des fichiers de labels pour les conteneurs, NOM=valeur sur chaque ligne ; ce que dit labels l&apos;emporte.</translation>
    </message>
    <message>
        <source>Names and values that programs find the containers by.</source>
        <translation>Des noms et des valeurs par lesquels des programmes retrouvent les conteneurs.</translation>
    </message>
    <message>
        <source>Names and values for the program that runs the containers (OCI annotations).</source>
        <translation>Des noms et des valeurs pour le programme qui exécute les conteneurs (annotations OCI).</translation>
    </message>
    <message>
        <source>The container&apos;s name, instead of PROJECT-SERVICE-1. The service then has one container at most.</source>
        <translation>Le nom du conteneur, à la place de PROJET-SERVICE-1. Le service n&apos;a alors qu&apos;un conteneur au plus.</translation>
    </message>
    <message>
        <source>What the containers call themselves. Default: the first 12 digits of the container&apos;s id.</source>
        <translation>Le nom que les conteneurs se donnent. Par défaut : les 12 premiers chiffres de l&apos;identifiant du conteneur.</translation>
    </message>
    <message>
        <source>The domain of the containers&apos; host name.</source>
        <translation>Le domaine du nom d&apos;hôte des conteneurs.</translation>
    </message>
    <message>
        <source>Who runs the command, as name or number, with a group after a colon. Default: the image&apos;s USER.</source>
        <translation>Qui exécute la commande, par son nom ou son numéro, avec un groupe après deux-points. Par défaut : le USER de l&apos;image.</translation>
    </message>
    <message>
        <source>Further groups of that user, names or numbers.</source>
        <translation>D&apos;autres groupes de cet utilisateur, noms ou numéros.</translation>
    </message>
    <message>
        <source>The folder that the command starts in. Default: the image&apos;s WORKDIR.</source>
        <translation>Le dossier où la commande démarre. Par défaut : le WORKDIR de l&apos;image.</translation>
    </message>
    <message>
        <source>Gives the command a terminal, as run -t does. Default: false.</source>
        <translation>Donne un terminal à la commande, comme run -t. Par défaut : false.</translation>
    </message>
    <message>
        <source>Keeps the command&apos;s input open, as run -i does. Default: false.</source>
        <translation>Garde ouverte l&apos;entrée de la commande, comme run -i. Par défaut : false.</translation>
    </message>
    <message>
        <source>A small first process that passes signals on and cleans up after ended ones. For programs that do neither. Default: false.</source>
        <translation>Un petit premier processus qui transmet les signaux et nettoie derrière les processus finis. Pour les programmes qui ne font ni l&apos;un ni l&apos;autre. Par défaut : false.</translation>
    </message>
    <message>
        <source>The container&apos;s own files cannot be changed; volumes and tmpfs still can. Default: false.</source>
        <translation>Les fichiers du conteneur lui-même ne peuvent pas changer ; les volumes et tmpfs, si. Par défaut : false.</translation>
    </message>
    <message>
        <source>Services that start before this one and stop after it. The long form says how far they must be.</source>
        <translation>Les services qui démarrent avant celui-ci et s&apos;arrêtent après lui. La forme longue dit où ils doivent en être.</translation>
    </message>
    <message>
        <source>Restarts this service, too, when that one is restarted or made anew. Default: false.</source>
        <translation>Redémarre aussi ce service quand l&apos;autre est redémarré ou refait. Par défaut : false.</translation>
    </message>
    <message>
        <source>Whether it is an error when that one is not there or fails; else it is a warning. Default: true.</source>
        <translation>Si c&apos;est une erreur que l&apos;autre manque ou échoue ; sinon c&apos;est un avertissement. Par défaut : true.</translation>
    </message>
    <message>
        <source>How far it must be: service_started (the default), service_healthy (its health check says so) or service_completed_successfully (it has ended with exit code 0).</source>
        <translation>Où il doit en être : service_started (par défaut), service_healthy (son contrôle de santé le dit) ou service_completed_successfully (il s&apos;est terminé avec le code 0).</translation>
    </message>
    <message>
        <source>A command that is run again and again to see whether the service works. Others can wait for it by depends_on.</source>
        <translation>Une commande exécutée à intervalles pour voir si le service fonctionne. D&apos;autres peuvent l&apos;attendre par depends_on.</translation>
    </message>
    <message>
        <source>Turns the image&apos;s check off. Default: false.</source>
        <translation>Désactive le contrôle de l&apos;image. Par défaut : false.</translation>
    </message>
    <message>
        <source>The time between checks. Default: 30s.</source>
        <translation>Le temps entre deux contrôles. Par défaut : 30s.</translation>
    </message>
    <message>
        <source>How many failures in a row make it unhealthy. Default: 3.</source>
        <translation>Combien d&apos;échecs de suite en font un service malade. Par défaut : 3.</translation>
    </message>
    <message>
        <source>The command: a text is run by a shell; a list begins with CMD (words), CMD-SHELL (a text for the shell) or NONE (no check). Exit code 0 is healthy.</source>
        <translation>La commande : un texte est exécuté par un shell ; une liste commence par CMD (des mots), CMD-SHELL (un texte pour le shell) ou NONE (pas de contrôle). Le code 0 veut dire en bonne santé.</translation>
    </message>
    <message>
        <source>How long one check may take. Default: 30s.</source>
        <translation>Le temps que peut prendre un contrôle. Par défaut : 30s.</translation>
    </message>
    <message>
        <source>The time to start in, in which failures do not count. Default: 0s.</source>
        <translation>Le temps de démarrage, pendant lequel les échecs ne comptent pas. Par défaut : 0s.</translation>
    </message>
    <message>
        <source>The time between checks in the start period, which must be given with it. Default: 5s.</source>
        <translation>Le temps entre deux contrôles pendant la période de démarrage, qui doit être donnée avec lui. Par défaut : 5s.</translation>
    </message>
    <message>
        <source>When a container that has ended starts again: no (the default), always, on-failure (with :3, three times at most) or unless-stopped. Put no in quotes.</source>
        <translation>Quand un conteneur terminé redémarre : no (par défaut), always, on-failure (avec :3, trois fois au plus) ou unless-stopped. Mettre no entre guillemets.</translation>
    </message>
    <message>
        <source>How long a container may take to end after the stop signal before it is killed. Default: 10s.</source>
        <translation>Le temps qu&apos;a un conteneur pour se terminer après le signal d&apos;arrêt avant d&apos;être tué. Par défaut : 10s.</translation>
    </message>
    <message>
        <source>The signal that asks the command to end. Default: the image&apos;s, or SIGTERM.</source>
        <translation>Le signal qui demande à la commande de se terminer. Par défaut : celui de l&apos;image, ou SIGTERM.</translation>
    </message>
    <message>
        <source>How many containers the service has. Default: 1. The same as deploy.replicas.</source>
        <translation>Combien de conteneurs a le service. Par défaut : 1. Comme deploy.replicas.</translation>
    </message>
    <message>
        <source>The service is only part of the stack when one of these profiles is chosen. For tools that are not always wanted. Without it: always.</source>
        <translation>Le service ne fait partie de la pile que si l&apos;un de ces profils est choisi. Pour des outils qu&apos;on ne veut pas toujours. Sans profil : toujours.</translation>
    </message>
    <message>
        <source>Starts from another service&apos;s settings, of this file or another one; what is said here goes over them.</source>
        <translation>Part des réglages d&apos;un autre service, de ce fichier ou d&apos;un autre ; ce qui est dit ici passe par-dessus.</translation>
    </message>
    <message>
        <source>The service whose settings are taken.</source>
        <translation>Le service dont on prend les réglages.</translation>
    </message>
    <message>
        <source>The file that it is in. Default: this one.</source>
        <translation>Le fichier où il se trouve. Par défaut : celui-ci.</translation>
    </message>
    <message>
        <source>Whether up shows the service&apos;s log in its terminal.</source>
        <translation>Si le journal du service est montré dans le terminal au démarrage.</translation>
    </message>
    <message>
        <source>who reads the merged log chooses its services there</source>
        <translation>qui lit le journal commun y choisit ses services</translation>
    </message>
    <message>
        <source>How the containers&apos; output is kept. Default: files of 10 MB, five of them, the older ones compressed.</source>
        <translation>Comment la sortie des conteneurs est gardée. Par défaut : des fichiers de 10 Mo, cinq au plus, les anciens compressés.</translation>
    </message>
    <message>
        <source>json-file or local: files that the engine keeps; none: nothing is kept.</source>
        <translation>json-file ou local : des fichiers que garde le moteur ; none : rien n&apos;est gardé.</translation>
    </message>
    <message>
        <source>max-size of a file, max-file (how many), compress (the older ones).</source>
        <translation>max-size d&apos;un fichier, max-file (leur nombre), compress (les anciens).</translation>
    </message>
    <message>
        <source>Commands that run in a container after it has started. For what needs other rights than the service has.</source>
        <translation>Des commandes exécutées dans un conteneur après son démarrage. Pour ce qui demande d&apos;autres droits que ceux du service.</translation>
    </message>
    <message>
        <source>The command&apos;s words; a text is split as a shell would.</source>
        <translation>Les mots de la commande ; un texte est découpé comme par un shell.</translation>
    </message>
    <message>
        <source>Whether it may do all that root may. An administrator&apos;s right. Default: false.</source>
        <translation>Si elle peut tout ce que peut root. Droit d&apos;administrateur. Par défaut : false.</translation>
    </message>
    <message>
        <source>The folder that it runs in. Default: the container&apos;s.</source>
        <translation>Le dossier où elle s&apos;exécute. Par défaut : celui du conteneur.</translation>
    </message>
    <message>
        <source>Variables for it, beside the container&apos;s.</source>
        <translation>Des variables pour elle, en plus de celles du conteneur.</translation>
    </message>
    <message>
        <source>Commands that run in a container before it is stopped; not when it ends by itself.</source>
        <translation>Des commandes exécutées dans un conteneur avant son arrêt ; pas quand il se termine de lui-même.</translation>
    </message>
    <message>
        <source>Something else than a container, made by a program outside.</source>
        <translation>Autre chose qu&apos;un conteneur, faite par un programme extérieur.</translation>
    </message>
    <message>
        <source>The program&apos;s name.</source>
        <translation>Le nom du programme.</translation>
    </message>
    <message>
        <source>Words for that program.</source>
        <translation>Des mots pour ce programme.</translation>
    </message>
    <message>
        <source>The language models that the service talks to.</source>
        <translation>Les modèles de langage auxquels parle le service.</translation>
    </message>
    <message>
        <source>The variable that tells the service where the model is.</source>
        <translation>La variable qui dit au service où est le modèle.</translation>
    </message>
    <message>
        <source>The variable that tells the service the model&apos;s name.</source>
        <translation>La variable qui dit au service le nom du modèle.</translation>
    </message>
    <message>
        <source>Lets the containers command the engine, with the person&apos;s accounts.</source>
        <translation>Laisse les conteneurs commander le moteur, avec les comptes de la personne.</translation>
    </message>
    <message>
        <source>a container that commands the engine could do all that its owner can; mount a socket by volumes if you mean it</source>
        <translation>un conteneur qui commande le moteur pourrait tout ce que peut son propriétaire ; montez un socket par volumes si c&apos;est voulu</translation>
    </message>
    <message>
        <source>the engine mounts volumes, folders of this machine and tmpfs, no images</source>
        <translation>le moteur monte des volumes, des dossiers de cette machine et des tmpfs, pas d&apos;images</translation>
    </message>
    <message>
        <source>What is mounted in the containers: NAME:/PATH (a volume of the top level), ./FOLDER:/PATH (a folder of this machine), with :ro for reading alone; or a map with more to say.</source>
        <translation>Ce qui est monté dans les conteneurs : NOM:/CHEMIN (un volume du premier niveau), ./DOSSIER:/CHEMIN (un dossier de cette machine), avec :ro pour la lecture seule ; ou une forme longue pour en dire plus.</translation>
    </message>
    <message>
        <source>volume: kept by the engine; bind: a folder or file of this machine; tmpfs: in memory, gone at the end.</source>
        <translation>volume : gardé par le moteur ; bind : un dossier ou un fichier de cette machine ; tmpfs : en mémoire, perdu à la fin.</translation>
    </message>
    <message>
        <source>The volume&apos;s name at the top level, or the folder of this machine. A volume without it is anonymous.</source>
        <translation>Le nom du volume au premier niveau, ou le dossier de cette machine. Un volume sans nom est anonyme.</translation>
    </message>
    <message>
        <source>Where it is in the container: an absolute path.</source>
        <translation>Où il est dans le conteneur : un chemin absolu.</translation>
    </message>
    <message>
        <source>The container may read it alone. Default: false.</source>
        <translation>Le conteneur ne peut que le lire. Par défaut : false.</translation>
    </message>
    <message>
        <source>How closely a virtual machine follows changes of the files.</source>
        <translation>Avec quelle rigueur une machine virtuelle suit les changements des fichiers.</translation>
    </message>
    <message>
        <source>there is no virtual machine between: files are always the same on both sides</source>
        <translation>il n&apos;y a pas de machine virtuelle entre les deux : les fichiers sont toujours les mêmes des deux côtés</translation>
    </message>
    <message>
        <source>More about a folder of this machine.</source>
        <translation>Plus sur un dossier de cette machine.</translation>
    </message>
    <message>
        <source>Whether later mounts below it are seen on the other side: rprivate (the default: no), rslave, rshared and so on.</source>
        <translation>Si les montages faits plus tard dessous se voient de l&apos;autre côté : rprivate (par défaut : non), rslave, rshared, etc.</translation>
    </message>
    <message>
        <source>Makes the folder when it is missing. Default: true.</source>
        <translation>Crée le dossier s&apos;il manque. Par défaut : true.</translation>
    </message>
    <message>
        <source>What is mounted below it: enabled (the default: comes along, read-only where the folder is), disabled (does not come along), writable (stays writable), readonly (must be read-only).</source>
        <translation>Ce qui est monté dessous : enabled (par défaut : suit, en lecture seule si le dossier l&apos;est), disabled (ne suit pas), writable (reste accessible en écriture), readonly (doit être en lecture seule).</translation>
    </message>
    <message>
        <source>Gives the files SELinux labels: z for several containers, Z for this one alone.</source>
        <translation>Donne des étiquettes SELinux aux fichiers : z pour plusieurs conteneurs, Z pour celui-ci seul.</translation>
    </message>
    <message>
        <source>the engine sets no SELinux labels: user namespaces keep containers apart</source>
        <translation>le moteur ne pose pas d&apos;étiquettes SELinux : les espaces de noms d&apos;utilisateurs séparent les conteneurs</translation>
    </message>
    <message>
        <source>More about a volume.</source>
        <translation>Plus sur un volume.</translation>
    </message>
    <message>
        <source>Labels of an anonymous volume. Those of a named one are at the top level.</source>
        <translation>Les labels d&apos;un volume anonyme. Ceux d&apos;un volume nommé sont au premier niveau.</translation>
    </message>
    <message>
        <source>An empty volume stays empty: the image&apos;s files at this place are not copied into it. Default: false.</source>
        <translation>Un volume vide reste vide : les fichiers de l&apos;image à cet endroit n&apos;y sont pas copiés. Par défaut : false.</translation>
    </message>
    <message>
        <source>A folder of the volume, instead of all of it.</source>
        <translation>Un dossier du volume, au lieu de tout le volume.</translation>
    </message>
    <message>
        <source>More about a tmpfs.</source>
        <translation>Plus sur un tmpfs.</translation>
    </message>
    <message>
        <source>How much it may hold. Default: as much as the container has memory.</source>
        <translation>Combien il peut contenir. Par défaut : autant que le conteneur a de mémoire.</translation>
    </message>
    <message>
        <source>The mode of its folder, in octal. Default: 01777.</source>
        <translation>Le mode de son dossier, en octal. Par défaut : 01777.</translation>
    </message>
    <message>
        <source>More about an image that is mounted.</source>
        <translation>Plus sur une image montée.</translation>
    </message>
    <message>
        <source>A folder of the image.</source>
        <translation>Un dossier de l&apos;image.</translation>
    </message>
    <message>
        <source>Mounts all that another service&apos;s container (or container:NAME) mounts, with :ro for reading alone.</source>
        <translation>Monte tout ce que monte le conteneur d&apos;un autre service (ou container:NOM), avec :ro pour la lecture seule.</translation>
    </message>
    <message>
        <source>Folders in memory, with mount options after a colon. They are gone when the container ends.</source>
        <translation>Des dossiers en mémoire, avec des options de montage après deux-points. Ils disparaissent quand le conteneur se termine.</translation>
    </message>
    <message>
        <source>Configs of the top level, each a file in the container: at /NAME, or where target says.</source>
        <translation>Des configs du premier niveau, chacune un fichier dans le conteneur : /NOM, ou là où le dit target.</translation>
    </message>
    <message>
        <source>The config&apos;s name at the top level.</source>
        <translation>Le nom de la config au premier niveau.</translation>
    </message>
    <message>
        <source>The file&apos;s path in the container. Default: /NAME.</source>
        <translation>Le chemin du fichier dans le conteneur. Par défaut : /NOM.</translation>
    </message>
    <message>
        <source>The user that the file belongs to, as a number. Default: 0.</source>
        <translation>L&apos;utilisateur à qui appartient le fichier, par son numéro. Par défaut : 0.</translation>
    </message>
    <message>
        <source>The group that the file belongs to, as a number. Default: 0.</source>
        <translation>Le groupe auquel appartient le fichier, par son numéro. Par défaut : 0.</translation>
    </message>
    <message>
        <source>The file&apos;s mode, in octal. Default: 0444.</source>
        <translation>Le mode du fichier, en octal. Par défaut : 0444.</translation>
    </message>
    <message>
        <source>Secrets of the top level, each a file in the container: at /run/secrets/NAME, or where target says.</source>
        <translation>Des secrets du premier niveau, chacun un fichier dans le conteneur : /run/secrets/NOM, ou là où le dit target.</translation>
    </message>
    <message>
        <source>The file&apos;s path in the container, or its name in /run/secrets. Default: the secret&apos;s name.</source>
        <translation>Le chemin du fichier dans le conteneur, ou son nom dans /run/secrets. Par défaut : le nom du secret.</translation>
    </message>
    <message>
        <source>real-time groups are in few kernels and not in today&apos;s control groups (v2)</source>
        <translation>les groupes temps réel sont dans peu de noyaux et plus dans les groupes de contrôle d&apos;aujourd&apos;hui (v2)</translation>
    </message>
    <message>
        <source>How much processor time a container gets at most: 0.5 is half a core. Default: no limit.</source>
        <translation>Combien de temps de processeur un conteneur a au plus : 0.5 est un demi-cœur. Par défaut : pas de limite.</translation>
    </message>
    <message>
        <source>Who comes first when processors are short: twice the number, twice the time. Default: 1024.</source>
        <translation>Qui passe d&apos;abord quand les processeurs manquent : un nombre double donne un temps double. Par défaut : 1024.</translation>
    </message>
    <message>
        <source>How many microseconds of processor time a container gets in each period. cpus says the same more simply.</source>
        <translation>Combien de microsecondes de processeur un conteneur a dans chaque période. cpus dit la même chose plus simplement.</translation>
    </message>
    <message>
        <source>The length of a period in microseconds. Default: 100000.</source>
        <translation>La longueur d&apos;une période en microsecondes. Par défaut : 100000.</translation>
    </message>
    <message>
        <source>The processors that a container may run on, by number.</source>
        <translation>Les processeurs où un conteneur peut s&apos;exécuter, par leur numéro.</translation>
    </message>
    <message>
        <source>How many processors a Windows container sees.</source>
        <translation>Combien de processeurs voit un conteneur Windows.</translation>
    </message>
    <message>
        <source>The share of a Windows container in all processors.</source>
        <translation>La part d&apos;un conteneur Windows dans tous les processeurs.</translation>
    </message>
    <message>
        <source>The length of a period for real-time processes, in microseconds.</source>
        <translation>La longueur d&apos;une période pour les processus temps réel, en microsecondes.</translation>
    </message>
    <message>
        <source>How long real-time processes may run in a period, in microseconds.</source>
        <translation>Le temps que peuvent prendre les processus temps réel dans une période, en microsecondes.</translation>
    </message>
    <message>
        <source>How much memory a container gets; a process of it that wants more is ended. Default: no limit.</source>
        <translation>Combien de mémoire a un conteneur ; un de ses processus qui en veut plus est arrêté. Par défaut : pas de limite.</translation>
    </message>
    <message>
        <source>What a container keeps when memory gets short: a soft limit below mem_limit.</source>
        <translation>Ce que garde un conteneur quand la mémoire manque : une limite souple, sous mem_limit.</translation>
    </message>
    <message>
        <source>How readily memory is moved to swap, from 0 to 100. Default: the machine&apos;s.</source>
        <translation>Avec quelle facilité la mémoire passe dans l&apos;espace d&apos;échange (swap), de 0 à 100. Par défaut : comme la machine.</translation>
    </message>
    <message>
        <source>Memory and swap together, with mem_limit; -1: as much swap as there is. Default: twice mem_limit.</source>
        <translation>Mémoire et espace d&apos;échange ensemble, avec mem_limit ; -1 : tout l&apos;espace d&apos;échange. Par défaut : deux fois mem_limit.</translation>
    </message>
    <message>
        <source>A process that wants more memory than mem_limit waits instead of being ended. Rarely wise. Default: false.</source>
        <translation>Un processus qui veut plus de mémoire que mem_limit attend au lieu d&apos;être arrêté. Rarement sage. Par défaut : false.</translation>
    </message>
    <message>
        <source>How readily the kernel ends this container when the machine&apos;s memory is used up, from -1000 (never) to 1000.</source>
        <translation>Avec quelle facilité le noyau arrête ce conteneur quand la mémoire de la machine est épuisée, de -1000 (jamais) à 1000.</translation>
    </message>
    <message>
        <source>The size of /dev/shm, memory that processes share; databases and browsers want more. Default: 64m.</source>
        <translation>La taille de /dev/shm, la mémoire que des processus partagent ; bases de données et navigateurs en veulent plus. Par défaut : 64m.</translation>
    </message>
    <message>
        <source>How many processes and threads a container may have. Default: 1024; -1: no limit (an administrator&apos;s right).</source>
        <translation>Combien de processus et de fils d&apos;exécution a un conteneur. Par défaut : 1024 ; -1 : pas de limite (droit d&apos;administrateur).</translation>
    </message>
    <message>
        <source>Limits of each process, by ulimit&apos;s names: open files, processes, core files and so on.</source>
        <translation>Des limites pour chaque processus, avec les noms de ulimit : fichiers ouverts, processus, fichiers core…</translation>
    </message>
    <message>
        <source>The limit that a process cannot raise; -1: none.</source>
        <translation>La limite qu&apos;un processus ne peut pas relever ; -1 : aucune.</translation>
    </message>
    <message>
        <source>The limit that holds; a process can raise it up to the hard one.</source>
        <translation>La limite en vigueur ; un processus peut la relever jusqu&apos;à la limite dure.</translation>
    </message>
    <message>
        <source>How fast a container may read and write disks.</source>
        <translation>À quelle vitesse un conteneur peut lire et écrire sur les disques.</translation>
    </message>
    <message>
        <source>Bytes a second that may be read of a device.</source>
        <translation>Les octets par seconde qu&apos;on peut lire d&apos;un périphérique.</translation>
    </message>
    <message>
        <source>The device&apos;s file.</source>
        <translation>Le fichier du périphérique.</translation>
    </message>
    <message>
        <source>Bytes a second, with b, k, m or g.</source>
        <translation>Des octets par seconde, avec b, k, m ou g.</translation>
    </message>
    <message>
        <source>Reads a second of a device.</source>
        <translation>Les lectures par seconde d&apos;un périphérique.</translation>
    </message>
    <message>
        <source>How many a second.</source>
        <translation>Combien par seconde.</translation>
    </message>
    <message>
        <source>Bytes a second that may be written to a device.</source>
        <translation>Les octets par seconde qu&apos;on peut écrire sur un périphérique.</translation>
    </message>
    <message>
        <source>Writes a second to a device.</source>
        <translation>Les écritures par seconde sur un périphérique.</translation>
    </message>
    <message>
        <source>Who comes first when disks are busy, from 10 to 1000. Default: 500.</source>
        <translation>Qui passe d&apos;abord quand les disques sont occupés, de 10 à 1000. Par défaut : 500.</translation>
    </message>
    <message>
        <source>The same for one device.</source>
        <translation>La même chose pour un périphérique.</translation>
    </message>
    <message>
        <source>From 10 to 1000.</source>
        <translation>De 10 à 1000.</translation>
    </message>
    <message>
        <source>Options of the storage, such as the size that a container&apos;s own files may have.</source>
        <translation>Options du stockage, comme la taille que peuvent avoir les fichiers du conteneur lui-même.</translation>
    </message>
    <message>
        <source>the engine&apos;s storage has no such limits; a tmpfs with a size or a volume of its own bounds what is written</source>
        <translation>le stockage du moteur n&apos;a pas de telles limites ; un tmpfs avec une taille ou un volume à part borne ce qui est écrit</translation>
    </message>
    <message>
        <source>Devices of this machine that the container may use, as PATH, PATH:PATH-INSIDE or with :rwm (read, write, make). An administrator&apos;s right.</source>
        <translation>Les périphériques de cette machine que le conteneur peut utiliser : CHEMIN, CHEMIN:CHEMIN-DEDANS, avec :rwm (lire, écrire, créer). Droit d&apos;administrateur.</translation>
    </message>
    <message>
        <source>The device&apos;s file on this machine.</source>
        <translation>Le fichier du périphérique sur cette machine.</translation>
    </message>
    <message>
        <source>Where it is in the container. Default: at the same place.</source>
        <translation>Où il est dans le conteneur. Par défaut : au même endroit.</translation>
    </message>
    <message>
        <source>What may be done with it: r (read), w (write), m (make). Default: rwm.</source>
        <translation>Ce qu&apos;on peut en faire : r (lire), w (écrire), m (créer). Par défaut : rwm.</translation>
    </message>
    <message>
        <source>Devices that the container may use, by type and numbers. An administrator&apos;s right.</source>
        <translation>Les périphériques que le conteneur peut utiliser, par type et numéros. Droit d&apos;administrateur.</translation>
    </message>
    <message>
        <source>Graphics cards for the container.</source>
        <translation>Des cartes graphiques pour le conteneur.</translation>
    </message>
    <message>
        <source>What they must be able to do.</source>
        <translation>Ce qu&apos;elles doivent savoir faire.</translation>
    </message>
    <message>
        <source>Whose cards, such as nvidia.</source>
        <translation>Les cartes de quelle marque, par exemple nvidia.</translation>
    </message>
    <message>
        <source>Options of the cards&apos; driver.</source>
        <translation>Options du pilote des cartes.</translation>
    </message>
    <message>
        <source>All capabilities and devices, no seccomp filter: nearly root of this machine. An administrator&apos;s right, and rarely needed. Default: false.</source>
        <translation>Toutes les capacités et tous les périphériques, sans filtre seccomp : presque root de cette machine. Droit d&apos;administrateur, rarement nécessaire. Par défaut : false.</translation>
    </message>
    <message>
        <source>Rights of root that the container gets beside the usual ones. Mostly an administrator&apos;s to give.</source>
        <translation>Des droits de root que le conteneur reçoit en plus des droits habituels. La plupart demandent un administrateur.</translation>
    </message>
    <message>
        <source>Rights of root that the container loses. ALL, and cap_add for those it needs, is the safest.</source>
        <translation>Des droits de root que le conteneur perd. ALL, avec cap_add pour ceux qu&apos;il lui faut, est le plus sûr.</translation>
    </message>
    <message>
        <source>no-new-privileges (on unless it is false here), seccomp= (unconfined or a file), apparmor= (a profile), systempaths=unconfined.</source>
        <translation>no-new-privileges (actif, sauf false ici), seccomp= (unconfined ou un fichier), apparmor= (un profil), systempaths=unconfined.</translation>
    </message>
    <message>
        <source>Settings of the kernel that belong to the container alone, such as those of its network.</source>
        <translation>Des réglages du noyau propres au conteneur, comme ceux de son réseau.</translation>
    </message>
    <message>
        <source>Shared memory with others: private (the default), shareable, none, host (an administrator&apos;s right), service:NAME or container:NAME.</source>
        <translation>La mémoire partagée avec d&apos;autres : private (par défaut), shareable, none, host (droit d&apos;administrateur), service:NOM ou container:NOM.</translation>
    </message>
    <message>
        <source>Whose processes the container sees: its own (the default), host (an administrator&apos;s right), service:NAME or container:NAME.</source>
        <translation>Les processus que voit le conteneur : les siens (par défaut), host (droit d&apos;administrateur), service:NOM ou container:NOM.</translation>
    </message>
    <message>
        <source>host: the container has the machine&apos;s name (an administrator&apos;s right). Default: a name of its own.</source>
        <translation>host : le conteneur a le nom de la machine (droit d&apos;administrateur). Par défaut : un nom à lui.</translation>
    </message>
    <message>
        <source>host: root of the container is root of the machine (an administrator&apos;s right). Default: it is nobody there.</source>
        <translation>host : root du conteneur est root de la machine (droit d&apos;administrateur). Par défaut : il n&apos;y est personne.</translation>
    </message>
    <message>
        <source>private (the default): the container sees its own control group alone; host: the machine&apos;s.</source>
        <translation>private (par défaut) : le conteneur ne voit que son groupe de contrôle ; host : ceux de la machine.</translation>
    </message>
    <message>
        <source>The control group that the container&apos;s is made in.</source>
        <translation>Le groupe de contrôle dans lequel est fait celui du conteneur.</translation>
    </message>
    <message>
        <source>the engine keeps all its containers in one control group, and touches no other</source>
        <translation>le moteur garde tous ses conteneurs dans un groupe de contrôle, et ne touche à aucun autre</translation>
    </message>
    <message>
        <source>The program that runs the containers.</source>
        <translation>Le programme qui exécute les conteneurs.</translation>
    </message>
    <message>
        <source>the engine has one runtime, its own</source>
        <translation>le moteur a un seul exécuteur, le sien</translation>
    </message>
    <message>
        <source>How Windows isolates a container.</source>
        <translation>Comment Windows isole un conteneur.</translation>
    </message>
    <message>
        <source>The account of a Windows domain that a container has.</source>
        <translation>Le compte d&apos;un domaine Windows qu&apos;a un conteneur.</translation>
    </message>
    <message>
        <source>A config that holds the account&apos;s description.</source>
        <translation>Une config qui décrit le compte.</translation>
    </message>
    <message>
        <source>A file that holds the account&apos;s description.</source>
        <translation>Un fichier qui décrit le compte.</translation>
    </message>
    <message>
        <source>An entry of Windows&apos; registry that holds the account&apos;s description.</source>
        <translation>Une entrée du registre de Windows qui décrit le compte.</translation>
    </message>
    <message>
        <source>The networks of the top level that the containers are in. Without it: the default one.</source>
        <translation>Les réseaux, déclarés au premier niveau, où sont les conteneurs. Sans eux : le réseau par défaut.</translation>
    </message>
    <message>
        <source>Further names of the service in this network.</source>
        <translation>D&apos;autres noms du service dans ce réseau.</translation>
    </message>
    <message>
        <source>The name of the network&apos;s interface in the container.</source>
        <translation>Le nom de l&apos;interface du réseau dans le conteneur.</translation>
    </message>
    <message>
        <source>interfaces are called eth0, eth1 and so on, in the order of priority</source>
        <translation>les interfaces s&apos;appellent eth0, eth1 et ainsi de suite, dans l&apos;ordre de priority</translation>
    </message>
    <message>
        <source>The container&apos;s address in this network, whose subnet must be given. Names are better: addresses bind.</source>
        <translation>L&apos;adresse du conteneur dans ce réseau, dont le sous-réseau doit être donné. Les noms sont préférables : une adresse est une contrainte.</translation>
    </message>
    <message>
        <source>The container&apos;s IPv6 address in this network, whose subnet must be given.</source>
        <translation>L&apos;adresse IPv6 du conteneur dans ce réseau, dont le sous-réseau doit être donné.</translation>
    </message>
    <message>
        <source>Further addresses of the container on the link.</source>
        <translation>D&apos;autres adresses du conteneur sur le lien.</translation>
    </message>
    <message>
        <source>the engine gives a container one address of each family in a network</source>
        <translation>le moteur donne à un conteneur une adresse de chaque famille dans un réseau</translation>
    </message>
    <message>
        <source>The hardware address of the interface in this network. Default: made of its IP address.</source>
        <translation>L&apos;adresse matérielle de l&apos;interface dans ce réseau. Par défaut : faite de son adresse IP.</translation>
    </message>
    <message>
        <source>Options of the network&apos;s driver for this interface.</source>
        <translation>Options du pilote du réseau pour cette interface.</translation>
    </message>
    <message>
        <source>the engine&apos;s interfaces have no options</source>
        <translation>les interfaces du moteur n&apos;ont pas d&apos;options</translation>
    </message>
    <message>
        <source>The order of the networks: the highest is joined first. Default: 0.</source>
        <translation>L&apos;ordre des réseaux : le plus grand nombre est rejoint d&apos;abord. Par défaut : 0.</translation>
    </message>
    <message>
        <source>The network with the highest is the container&apos;s way out. Default: 0.</source>
        <translation>Le réseau au plus grand nombre est la sortie du conteneur. Par défaut : 0.</translation>
    </message>
    <message>
        <source>Instead of networks: none (no network), host (the machine&apos;s own; an administrator&apos;s right), service:NAME or container:NAME (that one&apos;s), or the name of a network that is there.</source>
        <translation>À la place de networks : none (pas de réseau), host (celui de la machine ; droit d&apos;administrateur), service:NOM ou container:NOM (celui de l&apos;autre), ou le nom d&apos;un réseau qui existe.</translation>
    </message>
    <message>
        <source>Ports of the container that are reached at this machine, as PORT-HERE:PORT-INSIDE, with an address in front (127.0.0.1: this machine alone) and /udp behind. Between services of the stack none are needed. Ports here below 1024 are an administrator&apos;s right.</source>
        <translation>Les ports du conteneur qu&apos;on joint sur cette machine : PORT-ICI:PORT-DEDANS, avec une adresse devant (127.0.0.1 : cette machine seule) et /udp derrière. Entre services de la pile il n&apos;en faut pas. Ici, les ports sous 1024 sont un droit d&apos;administrateur.</translation>
    </message>
    <message>
        <source>A name for the port, for those who read the file.</source>
        <translation>Un nom pour le port, pour qui lit le fichier.</translation>
    </message>
    <message>
        <source>it is for those who read the file</source>
        <translation>c&apos;est pour qui lit le fichier</translation>
    </message>
    <message>
        <source>How a swarm publishes the port: ingress (on all machines) or host.</source>
        <translation>Comment un essaim (swarm) publie le port : ingress (sur toutes les machines) ou host.</translation>
    </message>
    <message>
        <source>on one machine both publish the port here</source>
        <translation>sur une seule machine, les deux publient le port ici</translation>
    </message>
    <message>
        <source>The address of this machine that the port is reached at; 127.0.0.1: from this machine alone. Default: all.</source>
        <translation>L&apos;adresse de cette machine où l&apos;on joint le port ; 127.0.0.1 : depuis cette machine seule. Par défaut : toutes.</translation>
    </message>
    <message>
        <source>The port in the container.</source>
        <translation>Le port dans le conteneur.</translation>
    </message>
    <message>
        <source>The port of this machine. Without it a free one is chosen.</source>
        <translation>Le port de cette machine. Sans lui, un port libre est choisi.</translation>
    </message>
    <message>
        <source>tcp (the default) or udp.</source>
        <translation>tcp (par défaut) ou udp.</translation>
    </message>
    <message>
        <source>What is spoken at the port, such as http: a hint for those who read the file.</source>
        <translation>Ce qu&apos;on parle sur ce port, par exemple http : une indication pour qui lit le fichier.</translation>
    </message>
    <message>
        <source>it is a hint for those who read the file</source>
        <translation>c&apos;est une indication pour qui lit le fichier</translation>
    </message>
    <message>
        <source>Ports that the service listens at for the other services.</source>
        <translation>Les ports où le service écoute pour les autres services.</translation>
    </message>
    <message>
        <source>services in one network reach each other at every port; it is a hint for those who read the file</source>
        <translation>les services d&apos;un même réseau se joignent sur tous les ports ; c&apos;est une indication pour qui lit le fichier</translation>
    </message>
    <message>
        <source>Name servers that the containers ask for names outside the stack. Default: the machine&apos;s.</source>
        <translation>Les serveurs de noms que les conteneurs interrogent pour les noms hors de la pile. Par défaut : ceux de la machine.</translation>
    </message>
    <message>
        <source>Options of name resolution (resolv.conf).</source>
        <translation>Options de la résolution des noms (resolv.conf).</translation>
    </message>
    <message>
        <source>Domains that short names are looked for in. Default: the machine&apos;s.</source>
        <translation>Les domaines où l&apos;on cherche les noms courts. Par défaut : ceux de la machine.</translation>
    </message>
    <message>
        <source>Lines for the containers&apos; /etc/hosts: NAME=ADDRESS. host-gateway is the address of this machine.</source>
        <translation>Des lignes pour le /etc/hosts des conteneurs : NOM=ADRESSE. host-gateway est l&apos;adresse de cette machine.</translation>
    </message>
    <message>
        <source>Services that this one knows by another name, SERVICE:NAME, and starts after. Not needed for their own names: those in one network know each other.</source>
        <translation>Les services que celui-ci connaît sous un autre nom, SERVICE:NOM, et après lesquels il démarre. Inutile pour leur propre nom : ceux d&apos;un même réseau se connaissent.</translation>
    </message>
    <message>
        <source>Containers outside the stack that this service knows by a name.</source>
        <translation>Des conteneurs hors de la pile que ce service connaît par un nom.</translation>
    </message>
    <message>
        <source>names belong to networks here: put both into an external network</source>
        <translation>les noms appartiennent ici aux réseaux : mettez les deux dans un réseau external</translation>
    </message>
    <message>
        <source>The hardware address of the container&apos;s (first) interface. Default: made of its IP address.</source>
        <translation>L&apos;adresse matérielle de la (première) interface du conteneur. Par défaut : faite de son adresse IP.</translation>
    </message>
</context>
<context>
    <name>ComposeSchemaText</name>
    <message>
        <source>%1 or %2</source>
        <translation>%1 ou %2</translation>
    </message>
    <message>
        <source>, because %1</source>
        <translation>, car %1</translation>
    </message>
    <message>
        <source>One of: %1</source>
        <translation>Au choix&#xa0;: %1</translation>
    </message>
    <message>
        <source>For example: %1</source>
        <translation>Par exemple&#xa0;: %1</translation>
    </message>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message>
        <source>a duration (1m30s)</source>
        <translation>une durée (1m30s)</translation>
    </message>
    <message>
        <source>a size (512m)</source>
        <translation>une taille (512m)</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>un nombre entier</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un nombre</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true ou false</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>une liste</translation>
    </message>
    <message>
        <source>keys with values</source>
        <translation>des clés et leurs valeurs</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>Supported</source>
        <translation>Pris en charge</translation>
    </message>
    <message>
        <source>Without effect</source>
        <translation>Sans effet</translation>
    </message>
    <message>
        <source>Not supported; the rest works without it</source>
        <translation>Non pris en charge&#xa0;; le reste fonctionne sans</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>Non pris en charge</translation>
    </message>
</context>
<context>
    <name>ComposeSurroundings</name>
    <message>
        <source>your environment</source>
        <translation>votre environnement</translation>
    </message>
</context>
<context>
    <name>ConnectionText</name>
    <message>
        <source>It answered in %1 ms.</source>
        <translation>Réponse en %1&#xa0;ms.</translation>
    </message>
    <message>
        <source>%1 of %2 are free.</source>
        <translation>%1 libres sur %2.</translation>
    </message>
    <message>
        <source>Its first folder belongs to user %1 and group %2 (%3).</source>
        <translation>Son premier dossier appartient à l’utilisateur %1 et au groupe %2 (%3).</translation>
    </message>
    <message>
        <source>Containers may write there.</source>
        <translation>Les conteneurs peuvent y écrire.</translation>
    </message>
    <message>
        <source>Containers can read it, but not write there.</source>
        <translation>Les conteneurs peuvent le lire, mais pas y écrire.</translation>
    </message>
    <message>
        <source>The server takes a container&apos;s root for user %1: ids cannot be translated on the way to it.</source>
        <translation>Le serveur prend le root d’un conteneur pour l’utilisateur %1&#xa0;: les identifiants ne peuvent pas être traduits en chemin.</translation>
    </message>
    <message>
        <source>The server sees ids of your own range, not root: they cannot be translated on the way to it.</source>
        <translation>Le serveur voit des identifiants de votre propre plage, pas root&#xa0;: ils ne peuvent pas être traduits en chemin.</translation>
    </message>
    <message>
        <source>What helps: in the server&apos;s export, all_squash with anonuid=%1 and anongid=%2 makes everybody the owner of that folder.</source>
        <translation>Le remède&#xa0;: dans l’export du serveur, all_squash avec anonuid=%1 et anongid=%2 fait de tout le monde le propriétaire de ce dossier.</translation>
    </message>
</context>
<context>
    <name>DemoImage</name>
    <message>
        <source>The demo image is not where it should be: %1</source>
        <translation>L’image de démonstration n’est pas à sa place : %1</translation>
    </message>
    <message>
        <source>Install Escale anew, or name another image.</source>
        <translation>Réinstallez Escale, ou nommez une autre image.</translation>
    </message>
</context>
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
    <message>
        <source>%1: a path that is not whole counts from your home folder, as %2.</source>
        <translation>%1&#xa0;: un chemin incomplet part de votre dossier personnel&#xa0;: %2.</translation>
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
    <message>
        <source>Write an image&apos;s name, for example debian:12.</source>
        <translation>Écrivez le nom d’une image, par exemple debian:12.</translation>
    </message>
    <message>
        <source>Ports can be published when it has a network of its own only.</source>
        <translation>Les ports ne peuvent être publiés que s’il a un réseau à lui.</translation>
    </message>
    <message>
        <source>It goes with a network of its own only.</source>
        <translation>Cela ne va qu’avec un réseau à lui.</translation>
    </message>
    <message>
        <source>Write an IPv4 address.</source>
        <translation>Écrivez une adresse IPv4.</translation>
    </message>
    <message>
        <source>Write an IPv6 address.</source>
        <translation>Écrivez une adresse IPv6.</translation>
    </message>
    <message>
        <source>Write six bytes, for example 02:42:ac:11:00:02.</source>
        <translation>Écrivez six octets, par exemple 02:42:ac:11:00:02.</translation>
    </message>
    <message>
        <source>Use letters, digits, dots, dashes and underscores.</source>
        <translation>Utilisez des lettres, des chiffres, des points, des tirets et des soulignés.</translation>
    </message>
    <message>
        <source>Write a network&apos;s name, none, host or container:NAME.</source>
        <translation>Écrivez le nom d’un réseau, none, host ou container:NOM.</translation>
    </message>
    <message>
        <source>Write name=NETWORK, and alias=, ip=, ip6= or mac-address= behind commas.</source>
        <translation>Écrivez name=RÉSEAU, puis alias=, ip=, ip6= ou mac-address= derrière des virgules.</translation>
    </message>
    <message>
        <source>Write the path inside, for example /data.</source>
        <translation>Écrivez le chemin à l’intérieur, par exemple /data.</translation>
    </message>
    <message>
        <source>The path inside begins with a slash.</source>
        <translation>Le chemin à l’intérieur commence par une barre oblique.</translation>
    </message>
    <message>
        <source>Name the folder or file of this computer.</source>
        <translation>Nommez le dossier ou le fichier de cet ordinateur.</translation>
    </message>
    <message>
        <source>Write the whole path of the folder, from / on.</source>
        <translation>Écrivez le chemin complet du dossier, à partir de /.</translation>
    </message>
    <message>
        <source>A volume&apos;s name has no slash: choose bind for a folder.</source>
        <translation>Un nom de volume n’a pas de barre oblique&#xa0;: choisissez bind pour un dossier.</translation>
    </message>
    <message>
        <source>Write CONTAINER or CONTAINER:ro.</source>
        <translation>Écrivez CONTENEUR ou CONTENEUR:ro.</translation>
    </message>
    <message>
        <source>Write the whole path of the file, from / on.</source>
        <translation>Écrivez le chemin complet du fichier, à partir de /.</translation>
    </message>
</context>
<context>
    <name>DockerfileCompletion</name>
    <message>
        <source>The stage on %1</source>
        <translation>L&apos;étape sur %1</translation>
    </message>
    <message>
        <source>An image on this machine</source>
        <translation>Une image de cette machine</translation>
    </message>
    <message>
        <source>Nothing at all: for programs that need nothing</source>
        <translation>Rien du tout : pour des programmes qui n&apos;ont besoin de rien</translation>
    </message>
    <message>
        <source>Gives the stage a name</source>
        <translation>Donne un nom à l&apos;étape</translation>
    </message>
    <message>
        <source>ARG</source>
        <translation>ARG</translation>
    </message>
    <message>
        <source>ENV</source>
        <translation>ENV</translation>
    </message>
    <message>
        <source>Takes away the check of the base image</source>
        <translation>Retire la vérification de l&apos;image de base</translation>
    </message>
    <message>
        <source>The command that checks</source>
        <translation>La commande qui vérifie</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>cannot write %1: %2</source>
        <translation>impossible d’écrire %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
</context>
<context>
    <name>ExplanationText</name>
    <message>
        <source>Read more: %1</source>
        <translation>À lire&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>FailedStep</name>
    <message>
        <source>The files as the failed step has left them, with its user, folder and variables. It ran: %1</source>
        <translation>Les fichiers tels que l’instruction échouée les a laissés, avec son utilisateur, son dossier et ses variables. Elle exécutait : %1</translation>
    </message>
</context>
<context>
    <name>FindingText</name>
    <message>
        <source>A private key</source>
        <translation>Une clé privée</translation>
    </message>
    <message>
        <source>Whoever has the image has the key, also where a later layer removes the file: layers below keep it.</source>
        <translation>Qui a l’image a la clé, même si une couche ultérieure supprime le fichier : les couches du dessous le gardent.</translation>
    </message>
    <message>
        <source>Replace the key. Give it to the build as a secret (RUN --mount=type=secret), and to the container when it starts.</source>
        <translation>Remplacez la clé. Donnez-la à la construction comme secret (RUN --mount=type=secret), et au conteneur à son démarrage.</translation>
    </message>
    <message>
        <source>An access token</source>
        <translation>Un jeton d’accès</translation>
    </message>
    <message>
        <source>A file holds what looks like a token of a service. Whoever has the image can use it.</source>
        <translation>Un fichier contient ce qui ressemble au jeton d’un service. Qui a l’image peut s’en servir.</translation>
    </message>
    <message>
        <source>Revoke the token. Give a new one to the build as a secret (RUN --mount=type=secret), and to the container when it starts.</source>
        <translation>Révoquez le jeton. Donnez-en un nouveau à la construction comme secret (RUN --mount=type=secret), et au conteneur à son démarrage.</translation>
    </message>
    <message>
        <source>A file that may hold secrets</source>
        <translation>Un fichier qui contient peut-être des secrets</translation>
    </message>
    <message>
        <source>Files of this name hold passwords or keys, mostly.</source>
        <translation>Les fichiers de ce nom contiennent le plus souvent des mots de passe ou des clés.</translation>
    </message>
    <message>
        <source>Put the name into .dockerignore, and give the file to the container when it starts.</source>
        <translation>Ajoutez le nom à .dockerignore, et donnez le fichier au conteneur à son démarrage.</translation>
    </message>
    <message>
        <source>The history of the source</source>
        <translation>L’historique des sources</translation>
    </message>
    <message>
        <source>A .git folder holds every version of every file, also of those that were removed since.</source>
        <translation>Un dossier .git contient toutes les versions de tous les fichiers, même de ceux supprimés depuis.</translation>
    </message>
    <message>
        <source>Put .git into .dockerignore.</source>
        <translation>Ajoutez .git à .dockerignore.</translation>
    </message>
    <message>
        <source>Removed, and still paid for</source>
        <translation>Supprimé, mais toujours payé</translation>
    </message>
    <message>
        <source>This layer removes files of layers below. They are hidden, and still stored and transferred.</source>
        <translation>Cette couche supprime des fichiers des couches du dessous. Ils sont cachés, mais toujours stockés et transférés.</translation>
    </message>
    <message>
        <source>Remove files in the RUN instruction that made them, or build in a stage and copy only what is needed (COPY --from).</source>
        <translation>Supprimez les fichiers dans l’instruction RUN qui les a créés, ou construisez dans une étape et ne copiez que le nécessaire (COPY --from).</translation>
    </message>
    <message>
        <source>Replaced, and still paid for</source>
        <translation>Remplacé, mais toujours payé</translation>
    </message>
    <message>
        <source>This layer has other versions of files of layers below, which are still stored and transferred.</source>
        <translation>Cette couche a d’autres versions de fichiers des couches du dessous, qui restent stockés et transférés.</translation>
    </message>
    <message>
        <source>Change files in the instruction that made them, where you can.</source>
        <translation>Si possible, modifiez les fichiers dans l’instruction qui les a créés.</translation>
    </message>
    <message>
        <source>Stored again with the same content</source>
        <translation>Stocké à nouveau avec le même contenu</translation>
    </message>
    <message>
        <source>This layer repeats files whose content has not changed: their owner, mode or time has, or they were copied again.</source>
        <translation>Cette couche répète des fichiers au contenu inchangé : leur propriétaire, leurs droits ou leur date ont changé, ou ils ont été copiés à nouveau.</translation>
    </message>
    <message>
        <source>Give owner and mode when you copy: COPY --chown=… --chmod=…, instead of RUN chown or chmod after it.</source>
        <translation>Indiquez propriétaire et droits à la copie : COPY --chown=… --chmod=…, au lieu de RUN chown ou chmod ensuite.</translation>
    </message>
    <message>
        <source>The same content at several places</source>
        <translation>Le même contenu à plusieurs endroits</translation>
    </message>
    <message>
        <source>Files of this layer have the same content as files elsewhere in layers below.</source>
        <translation>Des fichiers de cette couche ont le même contenu que d’autres des couches du dessous.</translation>
    </message>
    <message>
        <source>Copy it once, and link to it (ln -s).</source>
        <translation>Copiez-le une fois, et créez un lien (ln -s).</translation>
    </message>
    <message>
        <source>A package manager&apos;s cache</source>
        <translation>Le cache d’un gestionnaire de paquets</translation>
    </message>
    <message>
        <source>Lists and packages that were downloaded for the installation are of no use afterwards.</source>
        <translation>Les listes et paquets téléchargés pour l’installation ne servent plus ensuite.</translation>
    </message>
    <message>
        <source>Clean up in the same RUN: rm -rf /var/lib/apt/lists/*, apk add --no-cache, pip install --no-cache-dir; or use RUN --mount=type=cache.</source>
        <translation>Nettoyez dans le même RUN : rm -rf /var/lib/apt/lists/*, apk add --no-cache, pip install --no-cache-dir ; ou utilisez RUN --mount=type=cache.</translation>
    </message>
    <message>
        <source>Temporary files</source>
        <translation>Fichiers temporaires</translation>
    </message>
    <message>
        <source>Files in /tmp and /var/tmp are left over from the build, mostly.</source>
        <translation>Les fichiers de /tmp et /var/tmp sont le plus souvent des restes de la construction.</translation>
    </message>
    <message>
        <source>Remove them in the RUN instruction that made them.</source>
        <translation>Supprimez-les dans l’instruction RUN qui les a créés.</translation>
    </message>
    <message>
        <source>Programs with set-uid or set-gid</source>
        <translation>Programmes set-uid ou set-gid</translation>
    </message>
    <message>
        <source>They run with the rights of their owner, whoever starts them. With no-new-privileges, which is on here, they cannot.</source>
        <translation>Ils s’exécutent avec les droits de leur propriétaire, quel que soit celui qui les lance. Avec no-new-privileges, actif ici, ils ne le peuvent pas.</translation>
    </message>
    <message>
        <source>Take the bit off those that nobody needs: chmod a-s.</source>
        <translation>Retirez le bit à ceux dont personne n’a besoin : chmod a-s.</translation>
    </message>
    <message>
        <source>Runs as root</source>
        <translation>S’exécute en root</translation>
    </message>
    <message>
        <source>Without USER, processes are root in the container: a hole in the program is worth more there.</source>
        <translation>Sans USER, les processus sont root dans le conteneur : une faille du programme y vaut davantage.</translation>
    </message>
    <message>
        <source>Make a user and change to it: RUN useradd app, USER app.</source>
        <translation>Créez un utilisateur et adoptez-le : RUN useradd app, USER app.</translation>
    </message>
    <message>
        <source>No health check</source>
        <translation>Pas de contrôle de santé</translation>
    </message>
    <message>
        <source>That a process runs does not tell that it answers. Nobody notices when it hangs.</source>
        <translation>Qu’un processus tourne ne dit pas qu’il répond. Personne ne remarque qu’il est bloqué.</translation>
    </message>
    <message>
        <source>Add HEALTHCHECK CMD with a command that asks the program.</source>
        <translation>Ajoutez HEALTHCHECK CMD avec une commande qui interroge le programme.</translation>
    </message>
    <message>
        <source>The tag “latest”</source>
        <translation>L’étiquette « latest »</translation>
    </message>
    <message>
        <source>It names another image tomorrow: two machines that pull it do not run the same.</source>
        <translation>Elle désignera demain une autre image : deux machines qui la tirent n’exécutent pas la même.</translation>
    </message>
    <message>
        <source>Use a tag with a version, or the digest.</source>
        <translation>Utilisez une étiquette avec une version, ou l’empreinte.</translation>
    </message>
    <message>
        <source>A secret in the environment</source>
        <translation>Un secret dans l’environnement</translation>
    </message>
    <message>
        <source>Variables of the image are read by whoever has it, and by every process in the container.</source>
        <translation>Les variables de l’image sont lues par qui la possède, et par tout processus du conteneur.</translation>
    </message>
    <message>
        <source>Take it out of ENV; give it when the container starts, best as a file.</source>
        <translation>Retirez-le d’ENV ; donnez-le au démarrage du conteneur, de préférence par un fichier.</translation>
    </message>
    <message>
        <source>A secret in the history</source>
        <translation>Un secret dans l’historique</translation>
    </message>
    <message>
        <source>Build arguments stay in the image&apos;s history in plain text.</source>
        <translation>Les arguments de construction restent en clair dans l’historique de l’image.</translation>
    </message>
    <message>
        <source>Use RUN --mount=type=secret instead of ARG.</source>
        <translation>Utilisez RUN --mount=type=secret au lieu d’ARG.</translation>
    </message>
    <message>
        <source>The command runs in a shell</source>
        <translation>La commande s’exécute dans un interpréteur</translation>
    </message>
    <message>
        <source>The shell is process 1, and may pass no signals on: stopping takes until the grace period ends.</source>
        <translation>L’interpréteur est le processus 1 et ne transmet pas forcément les signaux : l’arrêt dure jusqu’à la fin du délai de grâce.</translation>
    </message>
    <message>
        <source>Write the command as a list: CMD [&quot;program&quot;, &quot;argument&quot;].</source>
        <translation>Écrivez la commande comme une liste : CMD [&quot;programme&quot;, &quot;argument&quot;].</translation>
    </message>
    <message>
        <source>An SSH server</source>
        <translation>Un serveur SSH</translation>
    </message>
    <message>
        <source>The image exposes port 22. A container needs none: a terminal is one click away.</source>
        <translation>L’image expose le port 22. Un conteneur n’en a pas besoin : un terminal est à un clic.</translation>
    </message>
    <message>
        <source>Leave the server out, and use exec.</source>
        <translation>Omettez le serveur, et utilisez exec.</translation>
    </message>
    <message>
        <source>A relative working directory</source>
        <translation>Un répertoire de travail relatif</translation>
    </message>
    <message>
        <source>Where it leads depends on the base image.</source>
        <translation>Où il mène dépend de l’image de base.</translation>
    </message>
    <message>
        <source>Give WORKDIR an absolute path.</source>
        <translation>Donnez à WORKDIR un chemin absolu.</translation>
    </message>
    <message>
        <source>No labels</source>
        <translation>Pas de labels</translation>
    </message>
    <message>
        <source>The image does not tell where it comes from, nor its version.</source>
        <translation>L’image ne dit ni d’où elle vient, ni sa version.</translation>
    </message>
    <message>
        <source>Add LABEL org.opencontainers.image.source=… and .version=….</source>
        <translation>Ajoutez LABEL org.opencontainers.image.source=… et .version=….</translation>
    </message>
    <message>
        <source>Package lists in a layer of their own</source>
        <translation>Listes de paquets dans une couche à part</translation>
    </message>
    <message>
        <source>The build cache keeps the layer: a later installation works with old lists, or fails.</source>
        <translation>Le cache de construction garde la couche : une installation ultérieure utilise de vieilles listes, ou échoue.</translation>
    </message>
    <message>
        <source>Write apt-get update &amp;&amp; apt-get install … in one RUN.</source>
        <translation>Écrivez apt-get update &amp;&amp; apt-get install … dans un seul RUN.</translation>
    </message>
    <message>
        <source>ADD from the network</source>
        <translation>ADD depuis le réseau</translation>
    </message>
    <message>
        <source>What is downloaded is not checked, and stays in the layer also when it is only unpacked.</source>
        <translation>Ce qui est téléchargé n’est pas vérifié, et reste dans la couche même si l’on ne fait que l’extraire.</translation>
    </message>
    <message>
        <source>Download, check, unpack and remove in one RUN, or give ADD a --checksum.</source>
        <translation>Téléchargez, vérifiez, extrayez et supprimez dans un seul RUN, ou donnez à ADD un --checksum.</translation>
    </message>
    <message>
        <source>A script from the network, run unseen</source>
        <translation>Un script du réseau, exécuté sans le voir</translation>
    </message>
    <message>
        <source>The build runs whatever the server sends that day.</source>
        <translation>La construction exécute ce que le serveur envoie ce jour-là.</translation>
    </message>
    <message>
        <source>Download a named version, check its sum, then run it; or install the package.</source>
        <translation>Téléchargez une version précise, vérifiez sa somme, puis exécutez-la ; ou installez le paquet.</translation>
    </message>
    <message>
        <source>Everybody may write</source>
        <translation>Tout le monde peut écrire</translation>
    </message>
    <message>
        <source>With mode 777 every user of the container may change the files.</source>
        <translation>Avec les droits 777, tout utilisateur du conteneur peut modifier les fichiers.</translation>
    </message>
    <message>
        <source>Give the files to the user who needs them: COPY --chown.</source>
        <translation>Donnez les fichiers à l’utilisateur qui en a besoin : COPY --chown.</translation>
    </message>
    <message>
        <source>Serious</source>
        <translation>Grave</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Remarque</translation>
    </message>
</context>
<context>
    <name>InspectedProcessText</name>
    <message>
        <source>this window</source>
        <translation>cette fenêtre</translation>
    </message>
    <message>
        <source>the engine</source>
        <translation>le moteur</translation>
    </message>
    <message>
        <source>monitor of %1</source>
        <translation>moniteur de %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>A process and its container.</extracomment>
        <translation>%1 sur %2</translation>
    </message>
</context>
<context>
    <name>KernelSteps</name>
    <message>
        <source>from %1 shares</source>
        <translation>d’après %1 parts</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>d’après %1</translation>
    </message>
    <message>
        <source>clone3(2) with %1: the first process, in its new namespaces</source>
        <translation>clone3(2) avec %1&#xa0;: le premier processus, dans ses nouveaux espaces de noms</translation>
    </message>
    <message>
        <source>setns(2) into another container&apos;s namespaces: %1</source>
        <translation>setns(2) vers les espaces de noms d’un autre conteneur&#xa0;: %1</translation>
    </message>
    <message>
        <source>write /proc/PID/uid_map and gid_map: its root is an unprivileged user of this machine</source>
        <translation>écrire /proc/PID/uid_map et gid_map&#xa0;: son root est un utilisateur sans privilège de cet ordinateur</translation>
    </message>
    <message>
        <source>unshare(2) CLONE_NEWCGROUP: it sees its own cgroup as the topmost one</source>
        <translation>unshare(2) CLONE_NEWCGROUP&#xa0;: il voit son propre cgroup comme le plus haut</translation>
    </message>
    <message>
        <source>no network namespace: it uses this machine&apos;s interfaces</source>
        <translation>pas d’espace de noms réseau&#xa0;: il utilise les interfaces de cet ordinateur</translation>
    </message>
    <message>
        <source>unshare(2) CLONE_NEWNET: a network of its own, with a loopback</source>
        <translation>unshare(2) CLONE_NEWNET&#xa0;: un réseau à lui, avec une boucle locale</translation>
    </message>
    <message>
        <source>netlink RTM_NEWLINK: a veth pair, one end a port of the bridge, the other eth0 inside; then its address and the default route</source>
        <translation>netlink RTM_NEWLINK&#xa0;: une paire veth, un bout est un port du pont, l’autre eth0 à l’intérieur&#xa0;; puis son adresse et la route par défaut</translation>
    </message>
    <message>
        <source>mount over /proc/kcore, /sys/firmware and others: not to be read; /proc/sys: not to be written</source>
        <translation>montages sur /proc/kcore, /sys/firmware et d’autres&#xa0;: illisibles&#xa0;; sur /proc/sys&#xa0;: pas d’écriture</translation>
    </message>
    <message>
        <source>mount_setattr(2) MOUNT_ATTR_RDONLY on the root</source>
        <translation>mount_setattr(2) MOUNT_ATTR_RDONLY sur la racine</translation>
    </message>
    <message>
        <source>capset(2): all capabilities</source>
        <translation>capset(2)&#xa0;: toutes les capacités</translation>
    </message>
    <message>
        <source>prctl(2) PR_CAPBSET_DROP and capset(2): only Docker&apos;s default capabilities stay</source>
        <translation>prctl(2) PR_CAPBSET_DROP et capset(2)&#xa0;: seules restent les capacités par défaut de Docker</translation>
    </message>
    <message>
        <source>setresuid(2), setresgid(2), setgroups(2): to the user %1</source>
        <translation>setresuid(2), setresgid(2), setgroups(2)&#xa0;: vers l’utilisateur %1</translation>
    </message>
    <message>
        <source>prctl(2) PR_SET_NO_NEW_PRIVS: no set-user-ID program gives it more</source>
        <translation>prctl(2) PR_SET_NO_NEW_PRIVS&#xa0;: aucun programme set-user-ID ne lui en donne plus</translation>
    </message>
    <message>
        <source>seccomp(2) SECCOMP_SET_MODE_FILTER: a BPF program that refuses dangerous system calls</source>
        <translation>seccomp(2) SECCOMP_SET_MODE_FILTER&#xa0;: un programme BPF qui refuse les appels système dangereux</translation>
    </message>
    <message>
        <source>mount_setattr(2) MOUNT_ATTR_IDMAP: the image&apos;s layers, shown with the ids of its own users</source>
        <translation>mount_setattr(2) MOUNT_ATTR_IDMAP&#xa0;: les couches de l’image, montrées avec les identifiants de ses propres utilisateurs</translation>
    </message>
    <message>
        <source>mount(2) overlay: the layers below, a new writable folder above</source>
        <translation>mount(2) overlay&#xa0;: les couches en dessous, un nouveau dossier inscriptible au-dessus</translation>
    </message>
    <message>
        <source>mkdir(2) a cgroup below /sys/fs/cgroup, and write its limits (cgroup v2; v1 has older names): %1</source>
        <translation>mkdir(2) un cgroup sous /sys/fs/cgroup, et écrire ses limites (cgroup v2&#xa0;; v1 a des noms plus anciens)&#xa0;: %1</translation>
    </message>
    <message>
        <source>sethostname(2)</source>
        <translation>sethostname(2)</translation>
    </message>
    <message>
        <source>fsopen(2), fsmount(2), move_mount(2): /proc, /sys, /dev; pivot_root(2): the overlay becomes its root</source>
        <translation>fsopen(2), fsmount(2), move_mount(2)&#xa0;: /proc, /sys, /dev&#xa0;; pivot_root(2)&#xa0;: l’overlay devient sa racine</translation>
    </message>
    <message>
        <source>execve(2) the image&apos;s own command</source>
        <translation>execve(2) la commande de l’image</translation>
    </message>
    <message>
        <source>execve(2) %1</source>
        <translation>execve(2) %1</translation>
    </message>
    <message>
        <source>mount(2) overlay: the same layers, and the writable folder that it had</source>
        <translation>mount(2) overlay&#xa0;: les mêmes couches, et le dossier inscriptible qu’il avait</translation>
    </message>
    <message>
        <source>mkdir(2) a cgroup, and write its limits</source>
        <translation>mkdir(2) un cgroup, et écrire ses limites</translation>
    </message>
    <message>
        <source>clone3(2): the first process, in new namespaces</source>
        <translation>clone3(2)&#xa0;: le premier processus, dans de nouveaux espaces de noms</translation>
    </message>
    <message>
        <source>netlink: its interface and its address, when it has a network</source>
        <translation>netlink&#xa0;: son interface et son adresse, s’il a un réseau</translation>
    </message>
    <message>
        <source>execve(2) its command</source>
        <translation>execve(2) sa commande</translation>
    </message>
    <message>
        <source>pidfd_send_signal(2): its stop signal (SIGTERM, when nothing else is set) to the first process</source>
        <translation>pidfd_send_signal(2)&#xa0;: son signal d’arrêt (SIGTERM, si rien d’autre n’est réglé) au premier processus</translation>
    </message>
    <message>
        <source>poll(2) on a pidfd, until it has ended or the time for it is over (10 seconds, when nothing else is set)</source>
        <translation>poll(2) sur un pidfd, jusqu’à sa fin ou à celle du délai (10 secondes, si rien d’autre n’est réglé)</translation>
    </message>
    <message>
        <source>pidfd_send_signal(2) SIGKILL if it still runs; the kernel ends all others of the pid namespace with it</source>
        <translation>pidfd_send_signal(2) SIGKILL s’il tourne encore&#xa0;; le noyau termine avec lui tous les autres de l’espace de pid</translation>
    </message>
    <message>
        <source>umount(2) its root, rmdir(2) its cgroup; its network namespace goes, and the interface with it</source>
        <translation>umount(2) sa racine, rmdir(2) son cgroup&#xa0;; son espace réseau disparaît, et l’interface avec</translation>
    </message>
    <message>
        <source>pidfd_send_signal(2) SIGKILL, then umount(2) and rmdir(2) of what a running one has</source>
        <translation>pidfd_send_signal(2) SIGKILL, puis umount(2) et rmdir(2) de ce qu’a un conteneur qui tourne</translation>
    </message>
    <message>
        <source>unlink(2) and rmdir(2): its writable folder, with all files written in it; its log</source>
        <translation>unlink(2) et rmdir(2)&#xa0;: son dossier inscriptible, avec tous les fichiers qui y ont été écrits&#xa0;; son journal</translation>
    </message>
    <message>
        <source>clone3(2) CLONE_INTO_CGROUP: a process in the container&apos;s cgroup</source>
        <translation>clone3(2) CLONE_INTO_CGROUP&#xa0;: un processus dans le cgroup du conteneur</translation>
    </message>
    <message>
        <source>setns(2) into the container&apos;s namespaces</source>
        <translation>setns(2) vers les espaces de noms du conteneur</translation>
    </message>
    <message>
        <source>clone3(2): one more process in its pid namespace</source>
        <translation>clone3(2)&#xa0;: un processus de plus dans son espace de pid</translation>
    </message>
    <message>
        <source>open the container&apos;s /dev/pts/ptmx: a terminal of its own; setsid(2), TIOCSCTTY</source>
        <translation>ouvrir le /dev/pts/ptmx du conteneur&#xa0;: un terminal à lui&#xa0;; setsid(2), TIOCSCTTY</translation>
    </message>
    <message>
        <source>capset(2), PR_SET_NO_NEW_PRIVS and seccomp(2), as its first process has them</source>
        <translation>capset(2), PR_SET_NO_NEW_PRIVS et seccomp(2), comme son premier processus</translation>
    </message>
    <message>
        <source>chroot(2) into the container&apos;s overlay: nothing outside can be named</source>
        <translation>chroot(2) dans l’overlay du conteneur&#xa0;: rien au-dehors ne peut être nommé</translation>
    </message>
    <message>
        <source>setns(2) into a user namespace with the container&apos;s ids</source>
        <translation>setns(2) vers un espace d’utilisateurs avec les identifiants du conteneur</translation>
    </message>
    <message>
        <source>openat2(2) RESOLVE_IN_ROOT for every path: links lead nowhere else</source>
        <translation>openat2(2) RESOLVE_IN_ROOT pour chaque chemin&#xa0;: les liens ne mènent pas ailleurs</translation>
    </message>
    <message>
        <source>pidfd_send_signal(2) SIG%1 to the first process</source>
        <translation>pidfd_send_signal(2) SIG%1 au premier processus</translation>
    </message>
    <message>
        <source>write 1 to cgroup.freeze (v1: FROZEN to freezer.state): the scheduler leaves its processes out, memory stays</source>
        <translation>écrire 1 dans cgroup.freeze (v1&#xa0;: FROZEN dans freezer.state)&#xa0;: l’ordonnanceur laisse ses processus de côté, la mémoire reste</translation>
    </message>
    <message>
        <source>write 0 to cgroup.freeze (v1: THAWED to freezer.state): its processes go on where they were</source>
        <translation>écrire 0 dans cgroup.freeze (v1&#xa0;: THAWED dans freezer.state)&#xa0;: ses processus reprennent où ils en étaient</translation>
    </message>
    <message>
        <source>nothing: a name is the engine&apos;s own; it is written to its database</source>
        <translation>rien&#xa0;: un nom ne concerne que le moteur&#xa0;; il est écrit dans sa base de données</translation>
    </message>
    <message>
        <source>nothing: the restart policy is the engine&apos;s own</source>
        <translation>rien&#xa0;: la règle de redémarrage ne concerne que le moteur</translation>
    </message>
    <message>
        <source>write its cgroup&apos;s files, while it runs (cgroup v2; v1 has older names): %1</source>
        <translation>écrire les fichiers de son cgroup, pendant qu’il tourne (cgroup v2&#xa0;; v1 a des noms plus anciens)&#xa0;: %1</translation>
    </message>
    <message>
        <source>connect(2) to its monitor&apos;s socket; the session&apos;s descriptor is passed on (SCM_RIGHTS)</source>
        <translation>connect(2) au socket de son moniteur&#xa0;; le descripteur de la session est transmis (SCM_RIGHTS)</translation>
    </message>
    <message>
        <source>read(2) the files, write(2) a tar archive to a pipe whose other end this window has</source>
        <translation>read(2) les fichiers, write(2) une archive tar vers un tube dont cette fenêtre a l’autre bout</translation>
    </message>
    <message>
        <source>read(2) the tar archive from this window&apos;s descriptor, write(2) the files</source>
        <translation>read(2) l’archive tar du descripteur de cette fenêtre, write(2) les fichiers</translation>
    </message>
    <message>
        <source>read(2) the whole root, write(2) a tar archive to a pipe</source>
        <translation>read(2) toute la racine, write(2) une archive tar vers un tube</translation>
    </message>
    <message>
        <source>read(2) what the container has changed, and unpack it as one more layer</source>
        <translation>read(2) ce que le conteneur a changé, et le déballer comme une couche de plus</translation>
    </message>
    <message>
        <source>write 1 to cgroup.freeze meanwhile: it stands still while it is read</source>
        <translation>écrire 1 dans cgroup.freeze entre-temps&#xa0;: il reste immobile pendant la lecture</translation>
    </message>
    <message>
        <source>connect(2) and TLS to the registry, by a process without rights (user nobody)</source>
        <translation>connect(2) et TLS vers le registre, par un processus sans droits (utilisateur nobody)</translation>
    </message>
    <message>
        <source>pipe(2): each layer&apos;s bytes go to another process, whose root (chroot(2)) is the new layer&apos;s folder</source>
        <translation>pipe(2)&#xa0;: les octets de chaque couche vont à un autre processus, dont la racine (chroot(2)) est le dossier de la nouvelle couche</translation>
    </message>
    <message>
        <source>openat2(2), write(2), fchown(2): the files are unpacked; both SHA-256 are computed meanwhile</source>
        <translation>openat2(2), write(2), fchown(2)&#xa0;: les fichiers sont déballés&#xa0;; les deux SHA-256 sont calculés au passage</translation>
    </message>
    <message>
        <source>rename(2) of the layers into their place, syncfs(2) once: the image is there as a whole, or not at all</source>
        <translation>rename(2) des couches à leur place, syncfs(2) une fois&#xa0;: l’image est là en entier, ou pas du tout</translation>
    </message>
    <message>
        <source>unlink(2) and rmdir(2) of the layers, when no other image or container needs them</source>
        <translation>unlink(2) et rmdir(2) des couches, si aucune autre image ni aucun conteneur n’en a besoin</translation>
    </message>
    <message>
        <source>mkdir(2) its folder, with an empty writable layer: it is mounted, and a process made, when it starts</source>
        <translation>mkdir(2) son dossier, avec une couche inscriptible vide&#xa0;: elle est montée, et un processus créé, à son démarrage</translation>
    </message>
    <message>
        <source>connect(2) and TLS to the registry, by a process without rights (user nobody); it is asked for each layer first, and what it has is not sent</source>
        <translation>connect(2) et TLS vers le registre, par un processus sans droits (utilisateur nobody) ; on lui demande d’abord chaque couche, et ce qu’il a n’est pas envoyé</translation>
    </message>
    <message>
        <source>read(2) of a layer&apos;s files by a process that sees nothing else (chroot(2), Landlock); the tar is put together as it was, and its SHA-256 must be the same</source>
        <translation>read(2) des fichiers d’une couche par un processus qui ne voit rien d’autre (chroot(2), Landlock) ; l’archive tar est reconstituée telle quelle, et son SHA-256 doit être le même</translation>
    </message>
    <message>
        <source>open(2) O_TMPFILE: the compressed layer waits in a file without a name, then write(2) to the registry; the manifest is sent last</source>
        <translation>open(2) O_TMPFILE : la couche compressée attend dans un fichier sans nom, puis write(2) vers le registre ; le manifeste est envoyé en dernier</translation>
    </message>
    <message>
        <source>sendmsg(2) SCM_RIGHTS: the file that this window has opened is handed over; the engine opens no path of yours</source>
        <translation>sendmsg(2) SCM_RIGHTS : le fichier que cette fenêtre a ouvert est transmis ; le moteur n’ouvre aucun de vos chemins</translation>
    </message>
    <message>
        <source>read(2) of each layer&apos;s files by a process that sees nothing else (chroot(2), Landlock), write(2) of their tar into the file</source>
        <translation>read(2) des fichiers de chaque couche par un processus qui ne voit rien d’autre (chroot(2), Landlock), write(2) de leur archive tar dans le fichier</translation>
    </message>
    <message>
        <source>read(2) by a process without rights (user nobody), which has that file and nothing else</source>
        <translation>read(2) par un processus sans droits (utilisateur nobody), qui a ce fichier et rien d’autre</translation>
    </message>
    <message>
        <source>read(2) of every layer and document, SHA-256 of what was read</source>
        <translation>read(2) de chaque couche et document, SHA-256 de ce qui a été lu</translation>
    </message>
    <message>
        <source>a damaged layer is marked as missing: the next pull brings it again</source>
        <translation>une couche endommagée est marquée comme manquante : le prochain téléchargement la rapporte</translation>
    </message>
    <message>
        <source>nothing yet: subnet and name are written to the engine&apos;s database; the interface comes with the first container</source>
        <translation>rien encore&#xa0;: le sous-réseau et le nom sont inscrits dans la base du moteur&#xa0;; l’interface vient avec le premier conteneur</translation>
    </message>
    <message>
        <source>netlink RTM_NEWLINK: the network&apos;s bridge, when nobody was in it, with the gateway&apos;s address</source>
        <translation>netlink RTM_NEWLINK&#xa0;: le pont du réseau, si personne n’y était, avec l’adresse de la passerelle</translation>
    </message>
    <message>
        <source>netlink RTM_NEWLINK: a veth pair (or a macvlan, an ipvlan), one end put into the container&apos;s network namespace</source>
        <translation>netlink RTM_NEWLINK&#xa0;: une paire veth (ou un macvlan, un ipvlan), dont un bout est mis dans l’espace de noms réseau du conteneur</translation>
    </message>
    <message>
        <source>netlink RTM_NEWADDR, RTM_NEWROUTE in there: its address, its routes</source>
        <translation>netlink RTM_NEWADDR, RTM_NEWROUTE là-dedans&#xa0;: son adresse, ses routes</translation>
    </message>
    <message>
        <source>nftables: rules for what the container may send from its port; its names are told to the network&apos;s DNS</source>
        <translation>nftables&#xa0;: les règles de ce que le conteneur peut envoyer depuis son port&#xa0;; ses noms sont donnés au DNS du réseau</translation>
    </message>
    <message>
        <source>netlink RTM_DELLINK: its interface, both ends of it</source>
        <translation>netlink RTM_DELLINK&#xa0;: son interface, par les deux bouts</translation>
    </message>
    <message>
        <source>nftables: its rules go; its names leave the network&apos;s DNS</source>
        <translation>nftables&#xa0;: ses règles disparaissent&#xa0;; ses noms quittent le DNS du réseau</translation>
    </message>
    <message>
        <source>netlink RTM_DELLINK: the bridge, and nftables: its rules, where there are any left</source>
        <translation>netlink RTM_DELLINK&#xa0;: le pont, et nftables&#xa0;: ses règles, s’il en reste</translation>
    </message>
    <message>
        <source>netlink RTM_NEWADDR, RTM_DELADDR: the new gateway&apos;s address for the old one, and the same in each container</source>
        <translation>netlink RTM_NEWADDR, RTM_DELADDR&#xa0;: l’adresse de la nouvelle passerelle à la place de l’ancienne, et de même dans chaque conteneur</translation>
    </message>
    <message>
        <source>nftables: the rules, in one transaction, with the new subnet</source>
        <translation>nftables&#xa0;: les règles, en une transaction, avec le nouveau sous-réseau</translation>
    </message>
    <message>
        <source>mkdir: a folder in the engine&apos;s store, and a row in its database; what is elsewhere is mounted for the first container that needs it</source>
        <translation>mkdir&#xa0;: un dossier dans les données du moteur, et une ligne dans sa base&#xa0;; ce qui est ailleurs est monté pour le premier conteneur qui en a besoin</translation>
    </message>
    <message>
        <source>rename: the folder leaves the store at once; then its files are unlinked</source>
        <translation>rename&#xa0;: le dossier quitte aussitôt les données du moteur&#xa0;; puis ses fichiers sont effacés</translation>
    </message>
    <message>
        <source>open_tree, mount_setattr: an idmapped view of the files, with the owners that containers see</source>
        <translation>open_tree, mount_setattr&#xa0;: une vue idmap des fichiers, avec les propriétaires que voient les conteneurs</translation>
    </message>
    <message>
        <source>a worker without privileges reads them and writes a tar archive into a pipe</source>
        <translation>un processus sans privilèges les lit et écrit une archive tar dans un tube</translation>
    </message>
    <message>
        <source>a worker without privileges extracts the archive beside the old files; syncfs</source>
        <translation>un processus sans privilèges extrait l’archive à côté des anciens fichiers&#xa0;; syncfs</translation>
    </message>
    <message>
        <source>renameat2(RENAME_EXCHANGE): the new files take the old ones&apos; place in one moment</source>
        <translation>renameat2(RENAME_EXCHANGE)&#xa0;: les nouveaux fichiers prennent d’un coup la place des anciens</translation>
    </message>
    <message>
        <source>Your own process reads the folder and streams what is new through a socket pair (socketpair(2)); the engine opens none of your files</source>
        <translation>Votre propre processus lit le dossier et envoie ce qui est nouveau par une paire de sockets (socketpair(2)) ; le moteur n’ouvre aucun de vos fichiers</translation>
    </message>
    <message>
        <source>A worker without files, network and rights reads the Dockerfile and orders the steps</source>
        <translation>Un processus sans fichiers, sans réseau et sans droits lit le Dockerfile et ordonne les instructions</translation>
    </message>
    <message>
        <source>Each RUN is a container: overlayfs on the layers so far, namespaces, a cgroup; what it writes lands in the overlay&apos;s upper folder</source>
        <translation>Chaque RUN est un conteneur : overlayfs sur les couches déjà faites, espaces de noms, un cgroup ; ce qu’il écrit arrive dans le dossier supérieur de l’overlay</translation>
    </message>
    <message>
        <source>That folder becomes the step&apos;s layer, named by the SHA-256 digest of its archive</source>
        <translation>Ce dossier devient la couche de l’instruction, nommée par l’empreinte SHA-256 de son archive</translation>
    </message>
</context>
<context>
    <name>LayersText</name>
    <message>
        <source>the container&apos;s own layer</source>
        <translation>la couche du conteneur</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>couche %1</translation>
    </message>
    <message>
        <source>files added: %1, changed: %2, removed: %3</source>
        <translation>fichiers ajoutés&#xa0;: %1, modifiés&#xa0;: %2, supprimés&#xa0;: %3</translation>
    </message>
    <message>
        <source>no files</source>
        <translation>aucun fichier</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>vu</translation>
    </message>
    <message>
        <source>a part of the folder</source>
        <translation>une part du dossier</translation>
    </message>
    <message>
        <source>hidden by the top one</source>
        <translation>caché par le haut</translation>
    </message>
    <message>
        <source>hidden by layer %1</source>
        <translation>caché par couche %1</translation>
    </message>
    <message>
        <source>whiteout: removed</source>
        <translation>whiteout&#xa0;: supprimé</translation>
    </message>
    <message>
        <source>opaque folder</source>
        <translation>dossier opaque</translation>
    </message>
    <message>
        <source>%1 hides it</source>
        <translation>%1 le cache</translation>
    </message>
    <message>
        <source>A stack of layers</source>
        <translation>Une pile de couches</translation>
    </message>
    <message numerus="yes">
        <source>The image has %n layer(s). They are read-only, and all containers of the image use the same ones: starting another container copies nothing.</source>
        <translation>
            <numerusform>L’image a %n couche. Elle est en lecture seule, et tous les conteneurs de l’image utilisent la même&#xa0;: démarrer un autre conteneur ne copie rien.</numerusform>
            <numerusform>L’image a %n couches. Elles sont en lecture seule, et tous les conteneurs de l’image utilisent les mêmes&#xa0;: démarrer un autre conteneur ne copie rien.</numerusform>
        </translation>
    </message>
    <message>
        <source>On top lies the container&apos;s own layer, the only one that it can write to. The kernel (overlayfs) shows the whole stack as one file system: of each path, what the highest layer says of it. To change a file of a lower layer, it is first copied into the top one (&lt;i&gt;copy-up&lt;/i&gt;). To remove it, a mark is put there that hides it (a &lt;i&gt;whiteout&lt;/i&gt;): what lies below stays as it was.</source>
        <translation>Au-dessus se trouve la couche du conteneur, la seule où il peut écrire. Le noyau (overlayfs) montre toute la pile comme un seul système de fichiers&#xa0;: de chaque chemin, ce qu’en dit la couche la plus haute. Pour modifier un fichier d’une couche inférieure, il est d’abord copié dans celle du haut (&lt;i&gt;copy-up&lt;/i&gt;). Pour le supprimer, on y pose une marque qui le cache (un &lt;i&gt;whiteout&lt;/i&gt;)&#xa0;: ce qui est dessous reste tel quel.</translation>
    </message>
    <message>
        <source>Why is my image not smaller after rm?</source>
        <translation>Pourquoi mon image n’est-elle pas plus petite après rm&#xa0;?</translation>
    </message>
    <message>
        <source>No layer of this image hides bytes of a layer below: all %1 of its files can be seen.</source>
        <translation>Aucune couche de cette image ne cache d’octets d’une couche inférieure&#xa0;: les %1 de ses fichiers sont tous visibles.</translation>
    </message>
    <message>
        <source>Of %1 in the image&apos;s layers, &lt;b&gt;%2&lt;/b&gt; cannot be seen: later layers remove or replace those files (hatched). A layer is never changed once it is made, so they are still stored, and downloaded by everybody who pulls the image.</source>
        <translation>Des %1 contenus dans les couches de l’image, &lt;b&gt;%2&lt;/b&gt; ne peuvent être vus&#xa0;: des couches ultérieures suppriment ou remplacent ces fichiers (partie hachurée). Une couche ne change plus une fois faite&#xa0;: ils restent donc stockés, et téléchargés par tous ceux qui tirent l’image.</translation>
    </message>
    <message>
        <source>%1: %2 in %3, removed by %4</source>
        <translation>%1&#xa0;: %2 dans la %3, supprimé par la %4</translation>
    </message>
    <message>
        <source>%1: %2 in %3, replaced by %4</source>
        <translation>%1&#xa0;: %2 dans la %3, remplacé par la %4</translation>
    </message>
    <message>
        <source>To save them: remove a file in the same RUN that made it (&lt;code&gt;RUN make &amp;&amp; rm -r build&lt;/code&gt;), or build in a stage of its own and copy only what is needed (&lt;code&gt;COPY --from=build&lt;/code&gt;).</source>
        <translation>Pour les économiser&#xa0;: supprimez un fichier dans le RUN même qui l’a créé (&lt;code&gt;RUN make &amp;&amp; rm -r build&lt;/code&gt;), ou construisez dans une étape à part et ne copiez que le nécessaire (&lt;code&gt;COPY --from=build&lt;/code&gt;).</translation>
    </message>
    <message>
        <source>No layer has this path, and none says that it is gone.</source>
        <translation>Aucune couche n’a ce chemin, et aucune ne dit qu’il a disparu.</translation>
    </message>
    <message>
        <source>Not there: a whiteout in %1 says that it was removed.</source>
        <translation>Absent&#xa0;: un whiteout dans la %1 dit qu’il a été supprimé.</translation>
    </message>
    <message>
        <source>Not there: %1 has removed or replaced the folder %2.</source>
        <translation>Absent&#xa0;: la %1 a supprimé ou remplacé le dossier %2.</translation>
    </message>
    <message>
        <source>The one of %1 (%2) is hidden by %3.</source>
        <translation>Celui de la %1 (%2) est caché par la %3.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; of it are not seen, and still stored.</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; n’en sont pas vus, et restent stockés.</translation>
    </message>
    <message>
        <source>A folder: what all layers have in it is seen together, down to the first one that hides what is below.</source>
        <translation>Un dossier&#xa0;: ce que toutes les couches y ont est vu ensemble, jusqu’à la première qui cache ce qui est dessous.</translation>
    </message>
    <message>
        <source>Seen from %1 (%2).</source>
        <translation>Vu depuis la %1 (%2).</translation>
    </message>
    <message>
        <source>Something is mounted at %1: the container sees that, and the layers are not asked. What it writes there lands in no layer.</source>
        <translation>Quelque chose est monté en %1&#xa0;: c’est cela que voit le conteneur, sans consulter les couches. Ce qu’il y écrit n’arrive dans aucune couche.</translation>
    </message>
    <message>
        <source>This layer says nothing of it: one looks through to the layers below.</source>
        <translation>Cette couche n’en dit rien&#xa0;: on voit à travers elle les couches du dessous.</translation>
    </message>
    <message>
        <source>This is the version that the container sees (%1).</source>
        <translation>C’est la version que voit le conteneur (%1).</translation>
    </message>
    <message>
        <source>What this layer has in the folder is seen together with what other layers have in it.</source>
        <translation>Ce que cette couche a dans le dossier est vu avec ce que d’autres couches y ont.</translation>
    </message>
    <message>
        <source>This layer has a version of %1, but %2 hides it. It is still stored.</source>
        <translation>Cette couche en a une version de %1, mais la %2 la cache. Elle reste stockée.</translation>
    </message>
    <message>
        <source>The container has removed it. Nothing was removed from the layers below: there is a whiteout here, a character device with the number 0/0, which hides theirs.</source>
        <translation>Le conteneur l’a supprimé. Rien n’a été ôté des couches du dessous&#xa0;: il y a ici un whiteout, un périphérique caractère de numéro 0/0, qui cache le leur.</translation>
    </message>
    <message>
        <source>This instruction has removed it. In the layer stands a whiteout in its place (in the archive an empty file .wh.NAME), which hides the version below.</source>
        <translation>Cette instruction l’a supprimé. Dans la couche, un whiteout est à sa place (dans l’archive, un fichier vide .wh.NOM) et cache la version du dessous.</translation>
    </message>
    <message>
        <source>The folder is opaque here: it was removed and made anew, so that what layers below have in it is hidden (the attribute trusted.overlay.opaque).</source>
        <translation>Le dossier est opaque ici&#xa0;: il a été supprimé puis refait, si bien que ce que les couches du dessous y ont est caché (attribut trusted.overlay.opaque).</translation>
    </message>
    <message>
        <source>The folder %1 is removed, replaced or opaque here: all that is in it below is hidden.</source>
        <translation>Le dossier %1 est supprimé, remplacé ou opaque ici&#xa0;: tout ce qu’il contient dessous est caché.</translation>
    </message>
    <message>
        <source>%1 of it are hidden by later layers, and still downloaded and stored.</source>
        <translation>%1 en sont cachés par des couches ultérieures, et restent téléchargés et stockés.</translation>
    </message>
    <message>
        <source>folder copied up: itself alone, so that what changes in it has a place</source>
        <translation>dossier copié vers le haut&#xa0;: lui seul, pour que ce qui y change ait une place</translation>
    </message>
    <message>
        <source>copied up</source>
        <translation>copié vers le haut</translation>
    </message>
    <message>
        <source>copied up from %1: its %2 were copied before the first byte was changed</source>
        <translation>copié vers le haut depuis la %1&#xa0;: ses %2 ont été copiés avant que le premier octet change</translation>
    </message>
    <message>
        <source>created: no layer below has it</source>
        <translation>créé&#xa0;: aucune couche du dessous ne l’a</translation>
    </message>
    <message>
        <source>made anew: it hides that of %1</source>
        <translation>refait&#xa0;: il cache celui de la %1</translation>
    </message>
    <message>
        <source>changed where it is, in the container&apos;s own layer (%1)</source>
        <translation>modifié sur place, dans la couche du conteneur (%1)</translation>
    </message>
    <message>
        <source>removed: a whiteout (character device 0/0) stands there</source>
        <translation>supprimé&#xa0;: un whiteout (périphérique caractère 0/0) est à sa place</translation>
    </message>
    <message>
        <source>removed: a whiteout (character device 0/0) now hides that of %1</source>
        <translation>supprimé&#xa0;: un whiteout (périphérique caractère 0/0) cache maintenant celui de la %1</translation>
    </message>
    <message>
        <source>made anew: an opaque folder, which hides what layers below have in it</source>
        <translation>refait&#xa0;: un dossier opaque, qui cache ce que les couches du dessous y ont</translation>
    </message>
    <message>
        <source>gone: it was in the container&apos;s own layer alone, and leaves no trace</source>
        <translation>disparu&#xa0;: il n’était que dans la couche du conteneur, et ne laisse pas de trace</translation>
    </message>
    <message>
        <source>gone from the container&apos;s own layer: that of %1 is seen again</source>
        <translation>disparu de la couche du conteneur&#xa0;: celui de la %1 est de nouveau visible</translation>
    </message>
    <message>
        <source>The container&apos;s own layer</source>
        <translation>La couche du conteneur</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Couche %1</translation>
    </message>
    <message>
        <source>Writable. It holds what the container has changed, and goes when the container is removed; volumes stay.</source>
        <translation>Inscriptible. Elle contient ce que le conteneur a changé, et disparaît quand il est supprimé&#xa0;; les volumes restent.</translation>
    </message>
    <message>
        <source>Made by %1</source>
        <translation>Faite par %1</translation>
    </message>
    <message>
        <source>%1 of files</source>
        <translation>%1 de fichiers</translation>
    </message>
    <message>
        <source>%1 of files, %2 to download</source>
        <translation>%1 de fichiers, %2 à télécharger</translation>
    </message>
    <message>
        <source>Its name is the SHA-256 of its content: the same bytes are stored once, for all images that have them.</source>
        <translation>Son nom est le SHA-256 de son contenu&#xa0;: les mêmes octets ne sont stockés qu’une fois, pour toutes les images qui les ont.</translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message>
        <source>The container&apos;s own layer, writable.</source>
        <translation>La couche du conteneur, inscriptible.</translation>
    </message>
    <message>
        <source>Layer %1, read-only: %2.</source>
        <translation>Couche %1, en lecture seule&#xa0;: %2.</translation>
    </message>
    <message>
        <source>%1 of it are hidden by later layers.</source>
        <translation>%1 en sont cachés par des couches ultérieures.</translation>
    </message>
    <message>
        <source>%1&apos;s own layer · writable</source>
        <translation>La couche de %1 · inscriptible</translation>
    </message>
    <message>
        <source>just now: %1</source>
        <translation>à l’instant&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 hidden</source>
        <translation>%1 cachés</translation>
    </message>
    <message>
        <source>read-only from here down, the same for every container of the image</source>
        <translation>à partir d’ici en lecture seule, et commun à tous les conteneurs de l’image</translation>
    </message>
    <message>
        <source>%1 looks down from above: what lies higher hides what lies lower.</source>
        <translation>%1 regarde d’en haut&#xa0;: ce qui est plus haut cache ce qui est plus bas.</translation>
    </message>
    <message>
        <source>%1: mounted over</source>
        <translation>%1&#xa0;: recouvert</translation>
    </message>
    <message>
        <source>%1: not there</source>
        <translation>%1&#xa0;: absent</translation>
    </message>
    <message>
        <source>The layers of %1</source>
        <translation>Les couches de %1</translation>
    </message>
    <message>
        <source>own</source>
        <translation>la sienne</translation>
    </message>
    <message>
        <source>the container</source>
        <translation>le conteneur</translation>
    </message>
    <message>
        <source>removed by %1</source>
        <translation>supprimé par la %1</translation>
    </message>
    <message>
        <source>replaced by %1</source>
        <translation>remplacé par la %1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Le fichier</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Caché</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Créé par</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Dans</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
</context>
<context>
    <name>LifeText</name>
    <message>
        <source>a signal</source>
        <translation>un signal</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Rien encore</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créé</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En marche</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Waiting to restart</source>
        <translation>Attend de redémarrer</translation>
    </message>
    <message>
        <source>Exited</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Supprimé</translation>
    </message>
    <message>
        <source>Its settings are written down and its layer for writing is there. No process runs, and it has no namespaces yet: those are made at a start.</source>
        <translation>Ses réglages sont notés et sa couche d’écriture existe. Aucun processus ne tourne, et il n’a pas encore d’espaces de noms&#xa0;: ils sont créés au démarrage.</translation>
    </message>
    <message>
        <source>Its first process runs, with number 1 inside. The container lives exactly as long as this process, whatever others it has started.</source>
        <translation>Son premier processus tourne, avec le numéro 1 à l’intérieur. Le conteneur vit exactement aussi longtemps que ce processus, quels que soient ceux qu’il a lancés.</translation>
    </message>
    <message>
        <source>All its processes stand still: the freezer of its cgroup holds them. They keep their memory, get no processor, and notice nothing but that time has jumped.</source>
        <translation>Tous ses processus sont figés par le freezer de son cgroup. Ils gardent leur mémoire, n’ont plus de processeur, et ne remarquent rien, sinon que le temps a sauté.</translation>
    </message>
    <message>
        <source>It has ended, and its restart policy starts it again after a pause that doubles from try to try.</source>
        <translation>Il s’est terminé, et sa politique de redémarrage le relance après une pause qui double à chaque essai.</translation>
    </message>
    <message>
        <source>Its first process has ended, and with it all others. Namespaces and cgroup are gone; its files (the layer for writing), its settings and its log are kept until it is removed.</source>
        <translation>Son premier processus s’est terminé, et avec lui tous les autres. Les espaces de noms et le cgroup ont disparu&#xa0;; ses fichiers (la couche d’écriture), ses réglages et son journal restent jusqu’à sa suppression.</translation>
    </message>
    <message>
        <source>Its files, settings and log are gone. Volumes that have a name stay.</source>
        <translation>Ses fichiers, réglages et journal ont disparu. Les volumes qui ont un nom restent.</translation>
    </message>
    <message>
        <source>create</source>
        <translation>créer</translation>
    </message>
    <message>
        <source>try again</source>
        <translation>réessai</translation>
    </message>
    <message>
        <source>start</source>
        <translation>démarrer</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>pause</translation>
    </message>
    <message>
        <source>go on</source>
        <translation>reprendre</translation>
    </message>
    <message>
        <source>end</source>
        <translation>fin</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>supprimer</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>arrêter</translation>
    </message>
    <message>
        <source>docker create, or the first half of docker run: the engine checks the settings and makes the layer that the container writes to.</source>
        <translation>docker create, ou la première moitié de docker run&#xa0;: le moteur vérifie les réglages et crée la couche où le conteneur écrit.</translation>
    </message>
    <message>
        <source>The restart policy starts it again, with all that a start makes anew.</source>
        <translation>La politique de redémarrage le relance, avec tout ce qu’un démarrage recrée.</translation>
    </message>
    <message>
        <source>The runtime makes namespaces, cgroup, mounts and network, then the program takes the place of the runtime (execve). The page How it was made tells each step.</source>
        <translation>Le runtime crée espaces de noms, cgroup, montages et réseau, puis le programme prend la place du runtime (execve). La page «&#xa0;Comment il a été fait&#xa0;» raconte chaque étape.</translation>
    </message>
    <message>
        <source>The engine writes to the freezer of the cgroup.</source>
        <translation>Le moteur écrit dans le freezer du cgroup.</translation>
    </message>
    <message>
        <source>The freezer lets the processes go on where they stood.</source>
        <translation>Le freezer laisse les processus repartir d’où ils en étaient.</translation>
    </message>
    <message>
        <source>Process 1 has ended, nobody had asked for that, and the restart policy wants it to run.</source>
        <translation>Le processus 1 s’est terminé, personne ne l’avait demandé, et la politique de redémarrage veut qu’il tourne.</translation>
    </message>
    <message>
        <source>Process 1 has ended: by itself, by a signal, or because memory ran out.</source>
        <translation>Le processus 1 s’est terminé&#xa0;: de lui-même, par un signal, ou faute de mémoire.</translation>
    </message>
    <message>
        <source>docker rm: what was kept of it is taken away.</source>
        <translation>docker rm&#xa0;: ce qui en était gardé est enlevé.</translation>
    </message>
    <message>
        <source>Somebody has stopped it.</source>
        <translation>Quelqu’un l’a arrêté.</translation>
    </message>
    <message>
        <source>started</source>
        <translation>démarré</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>mis en pause</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>repart</translation>
    </message>
    <message>
        <source>memory ran out: the kernel has ended a process</source>
        <translation>mémoire épuisée&#xa0;: le noyau a tué un processus</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>restarted by somebody</source>
        <translation>redémarré par quelqu’un</translation>
    </message>
    <message>
        <source>limits changed</source>
        <translation>limites changées</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 envoyé</translation>
    </message>
    <message>
        <source>%1 sent, %2 s to obey</source>
        <translation>%1 envoyé, %2 s pour obéir</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>health: %1</source>
        <translation>santé&#xa0;: %1</translation>
    </message>
    <message>
        <source>one more process: %1</source>
        <translation>un processus de plus&#xa0;: %1</translation>
    </message>
    <message>
        <source>that process has ended (%1)</source>
        <translation>ce processus s’est terminé (%1)</translation>
    </message>
    <message>
        <source>Memory ran out: the kernel has ended a process of it (OOM killer).</source>
        <translation>La mémoire a manqué&#xa0;: le noyau a tué un de ses processus (OOM killer).</translation>
    </message>
    <message>
        <source>Meanwhile memory had run out: the kernel has ended one of its processes, but not the first (OOM killer).</source>
        <translation>Entre-temps, la mémoire a manqué&#xa0;: le noyau a tué un de ses processus, mais pas le premier (OOM killer).</translation>
    </message>
    <message>
        <source>It was sent SIGKILL, which no process can catch, put off or ignore.</source>
        <translation>Il a reçu SIGKILL, qu’aucun processus ne peut intercepter, retarder ni ignorer.</translation>
    </message>
    <message>
        <source>It was asked to stop by %1, and given %2 s to do so.</source>
        <translation>On lui a demandé de s’arrêter par %1, en lui laissant %2 s.</translation>
    </message>
    <message>
        <source>It was sent %1.</source>
        <translation>Il a reçu %1.</translation>
    </message>
    <message>
        <source>It went on for %1 all the same. So it was ended by SIGKILL, which no process can catch, put off or ignore. Process 1 gets only those signals that it has a handler for: a program that has none is not ended by %2.</source>
        <translation>Il a continué pendant %1 malgré tout. Il a donc été tué par SIGKILL, qu’aucun processus ne peut intercepter, retarder ni ignorer. Le processus 1 ne reçoit que les signaux pour lesquels il a prévu une réaction&#xa0;: un programme qui n’en a pas n’est pas arrêté par %2.</translation>
    </message>
    <message>
        <source>It obeyed after %1.</source>
        <translation>Il a obéi au bout de %1.</translation>
    </message>
    <message>
        <source>It still runs.</source>
        <translation>Il tourne encore.</translation>
    </message>
    <message>
        <source>It was stopped; which signal it was sent is not known.</source>
        <translation>Il a été arrêté&#xa0;; on ne sait pas par quel signal.</translation>
    </message>
    <message>
        <source>Nobody had asked for its end: its program ended by itself.</source>
        <translation>Personne n’avait demandé sa fin&#xa0;: son programme s’est terminé de lui-même.</translation>
    </message>
    <message>
        <source>Exit code %1: %2.</source>
        <translation>Code de sortie %1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>A zombie has ended already: it has no memory and no files any more, and no signal can end it once more. The kernel keeps its number and its exit code until its parent asks for them (wait). This parent has not asked.</source>
        <translation>Un zombie est déjà terminé&#xa0;: il n’a plus ni mémoire ni fichiers, et aucun signal ne peut le tuer une seconde fois. Le noyau garde son numéro et son code de sortie jusqu’à ce que son parent les demande (wait). Ce parent ne les a pas demandés.</translation>
    </message>
    <message>
        <source>When the parent ends, process 1 takes over its children. Here that is the small init of --init, which asks at once: the zombie goes.</source>
        <translation>Quand le parent se termine, le processus 1 adopte ses enfants. Ici c’est le petit init de --init, qui demande aussitôt&#xa0;: le zombie disparaît.</translation>
    </message>
    <message>
        <source>When the parent ends, process 1 takes over its children (orphans). Without --init that is the program itself: if it does not ask either, zombies pile up until the limit of processes is reached.</source>
        <translation>Quand le parent se termine, le processus 1 adopte ses enfants (orphelins). Sans --init, c’est le programme lui-même&#xa0;: s’il ne demande pas non plus, les zombies s’accumulent jusqu’à la limite du nombre de processus.</translation>
    </message>
    <message>
        <source>Process 1 is the small init of --init: it passes signals on to the program, and asks for the exit code of every orphan.</source>
        <translation>Le processus 1 est le petit init de --init&#xa0;: il transmet les signaux au programme, et demande le code de sortie de chaque orphelin.</translation>
    </message>
    <message>
        <source>Process 1 of a container takes over orphans, as init does on a machine. The kernel keeps from it every signal that it has no handler for, but those from outside that nothing can stop: SIGKILL and SIGSTOP.</source>
        <translation>Le processus 1 d’un conteneur adopte les orphelins, comme init sur une machine. Le noyau lui épargne tout signal pour lequel il n’a pas prévu de réaction, sauf ceux du dehors que rien n’arrête&#xa0;: SIGKILL et SIGSTOP.</translation>
    </message>
</context>
<context>
    <name>LifeView</name>
    <message>
        <source>since %1</source>
        <translation>depuis %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message numerus="yes">
        <source>%1: from %2 to %3, %n time(s), last at %4</source>
        <translation>
            <numerusform>%1&#xa0;: de %2 à %3, %n fois, la dernière à %4</numerusform>
            <numerusform>%1&#xa0;: de %2 à %3, %n fois, la dernière à %4</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: from %2 to %3, has not happened</source>
        <translation>%1&#xa0;: de %2 à %3, ne s’est pas produit</translation>
    </message>
    <message>
        <source>(no command line)</source>
        <translation>(pas de ligne de commande)</translation>
    </message>
    <message>
        <source>zombie: ended, not asked how</source>
        <translation>zombie&#xa0;: terminé, personne n’a demandé comment</translation>
    </message>
    <message>
        <source>Process %1 inside, %2 on this machine: %3, %4</source>
        <translation>Processus %1 dedans, %2 sur cette machine&#xa0;: %3, %4</translation>
    </message>
    <message>
        <source>%1 · %2 on this machine</source>
        <translation>%1 · %2 sur cette machine</translation>
    </message>
    <message>
        <source>Processes: who has started whom</source>
        <translation>Processus&#xa0;: qui a lancé qui</translation>
    </message>
    <message>
        <source>They are being read.</source>
        <translation>Lecture en cours.</translation>
    </message>
    <message>
        <source>None: it does not run.</source>
        <translation>Aucun&#xa0;: il ne tourne pas.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more: the table has them</source>
        <translation>
            <numerusform>et %n autre&#xa0;: voir le tableau</numerusform>
            <numerusform>et %n autres&#xa0;: voir le tableau</numerusform>
        </translation>
    </message>
    <message>
        <source>One run, to scale</source>
        <translation>Une exécution, à l’échelle</translation>
    </message>
    <message>
        <source>It has never been started.</source>
        <translation>Il n’a jamais été démarré.</translation>
    </message>
    <message>
        <source>The run from %1, %2 long</source>
        <translation>L’exécution de %1, longue de %2</translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <translation>%1, au bout de %2</translation>
    </message>
    <message>
        <source>now, after %1</source>
        <translation>maintenant, au bout de %1</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>Comment elle a fini</translation>
    </message>
    <message>
        <source>It is being stopped</source>
        <translation>On est en train de l’arrêter</translation>
    </message>
    <message>
        <source>%1 s were allowed</source>
        <translation>%1 s étaient accordées</translation>
    </message>
    <message>
        <source>0 s: %1</source>
        <translation>0 s&#xa0;: %1</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>demande</translation>
    </message>
    <message>
        <source>goes on: %1 is ignored</source>
        <translation>continue&#xa0;: %1 est ignoré</translation>
    </message>
    <message>
        <source>is still there</source>
        <translation>est encore là</translation>
    </message>
    <message>
        <source>is ended</source>
        <translation>est tué</translation>
    </message>
    <message>
        <source>obeys</source>
        <translation>obéit</translation>
    </message>
    <message>
        <source>The life of %1</source>
        <translation>La vie de %1</translation>
    </message>
    <message>
        <source>States, and the ways that it went</source>
        <translation>Les états, et les chemins parcourus</translation>
    </message>
    <message>
        <source>Its number is %1 inside and %2 on this machine: it is one process, counted by two pid namespaces. State: %3.</source>
        <translation>Son numéro est %1 dedans et %2 sur cette machine&#xa0;: c’est un seul processus, compté par deux espaces de noms pid. État&#xa0;: %3.</translation>
    </message>
    <message>
        <source>Its parent is outside: somebody has brought it in (docker exec), so it sees 0 as its parent&apos;s number.</source>
        <translation>Son parent est dehors&#xa0;: quelqu’un l’a fait entrer (docker exec), il voit donc 0 comme numéro de son parent.</translation>
    </message>
    <message numerus="yes">
        <source>It happened %n time(s), last at %1.</source>
        <translation>
            <numerusform>C’est arrivé %n fois, la dernière à %1.</numerusform>
            <numerusform>C’est arrivé %n fois, la dernière à %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>It could happen, and has not.</source>
        <translation>Cela pourrait arriver, et n’est pas arrivé.</translation>
    </message>
    <message>
        <source>As the engine has told it: %1.</source>
        <translation>Comme le moteur l’a dit&#xa0;: %1.</translation>
    </message>
    <message>
        <source>One run</source>
        <translation>Une exécution</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>Vie</translation>
    </message>
    <message>
        <source>Above: the states of a container, and the ways that this one really went, with how often and when last. Dashed ways could happen and have not.</source>
        <translation>En haut&#xa0;: les états d’un conteneur, et les chemins que celui-ci a vraiment pris, avec combien de fois et quand pour la dernière. Les chemins en tirets sont possibles et n’ont pas été pris.</translation>
    </message>
    <message>
        <source>Below: one run from its start to its end, to scale, then its processes.</source>
        <translation>Au-dessous&#xa0;: une exécution du début à la fin, à l’échelle, puis ses processus.</translation>
    </message>
    <message>
        <source>Its first events are no longer kept, so counts may be too low.</source>
        <translation>Ses premiers événements ne sont plus gardés&#xa0;: les comptes peuvent être trop bas.</translation>
    </message>
    <message numerus="yes">
        <source>%n zombie(s) among its processes:</source>
        <translation>
            <numerusform>%n zombie parmi ses processus&#xa0;:</numerusform>
            <numerusform>%n zombies parmi ses processus&#xa0;:</numerusform>
        </translation>
    </message>
    <message>
        <source>before</source>
        <translation>avant</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>tourne</translation>
    </message>
</context>
<context>
    <name>LintRule</name>
    <message>
        <source>%1 is not written like most instructions</source>
        <translation>%1 n&apos;est pas écrite comme la plupart des instructions</translation>
    </message>
    <message>
        <source>One case throughout the file is easier to read.</source>
        <translation>Une même casse dans tout le fichier se lit mieux.</translation>
    </message>
    <message>
        <source>Write it like the others</source>
        <translation>L&apos;écrire comme les autres</translation>
    </message>
    <message>
        <source>%1 is excluded by .dockerignore</source>
        <translation>%1 est exclu par .dockerignore</translation>
    </message>
    <message>
        <source>It is not there to be copied: the build fails.</source>
        <translation>Il n&apos;est pas là pour être copié : la construction échoue.</translation>
    </message>
    <message>
        <source>A comment silences the linter here</source>
        <translation>Un commentaire fait taire le vérificateur ici</translation>
    </message>
    <message>
        <source>A rule that is switched off beside the code is soon forgotten; a configuration file keeps such decisions in one place.</source>
        <translation>Une règle désactivée à côté du code est vite oubliée ; un fichier de configuration garde ces décisions en un seul endroit.</translation>
    </message>
    <message>
        <source>WORKDIR %1 is not an absolute path</source>
        <translation>WORKDIR %1 n&apos;est pas un chemin absolu</translation>
    </message>
    <message>
        <source>Where a relative path ends depends on what came before it, and on the base image.</source>
        <translation>L&apos;endroit où mène un chemin relatif dépend de ce qui précède, et de l&apos;image de base.</translation>
    </message>
    <message>
        <source>%1 makes little sense in a container</source>
        <translation>%1 n&apos;a guère de sens dans un conteneur</translation>
    </message>
    <message>
        <source>Such programs look after a whole machine: its services, its disks, the person before it. A container runs one application.</source>
        <translation>De tels programmes s&apos;occupent d&apos;une machine entière : ses services, ses disques, la personne devant elle. Un conteneur exécute une application.</translation>
    </message>
    <message>
        <source>The last user of the image is root</source>
        <translation>Le dernier utilisateur de l&apos;image est root</translation>
    </message>
    <message>
        <source>What breaks out of a program that runs as root is root. Switch to another user when everything is installed.</source>
        <translation>Ce qui s&apos;échappe d&apos;un programme exécuté par root est root. Passez à un autre utilisateur une fois tout installé.</translation>
    </message>
    <message>
        <source>Use WORKDIR instead of cd</source>
        <translation>Utilisez WORKDIR plutôt que cd</translation>
    </message>
    <message>
        <source>cd ends with its RUN; WORKDIR holds for everything after it, and can be seen.</source>
        <translation>cd prend fin avec son RUN ; WORKDIR vaut pour tout ce qui suit, et se voit.</translation>
    </message>
    <message>
        <source>Do not use sudo</source>
        <translation>N&apos;utilisez pas sudo</translation>
    </message>
    <message>
        <source>A build runs as root, or as whom USER names. sudo adds a program to the image that gives rights away, and changes how signals arrive.</source>
        <translation>Une construction s&apos;exécute en root, ou sous l&apos;utilisateur que nomme USER. sudo ajoute à l&apos;image un programme qui donne des droits, et change la façon dont arrivent les signaux.</translation>
    </message>
    <message>
        <source>The image %1 has no tag</source>
        <translation>L&apos;image %1 n&apos;a pas d&apos;étiquette</translation>
    </message>
    <message>
        <source>Without a tag it is whatever latest means on the day of the build: tomorrow&apos;s build is another one.</source>
        <translation>Sans étiquette, c&apos;est ce que latest désigne le jour de la construction : celle de demain sera autre.</translation>
    </message>
    <message>
        <source>The image %1 is pinned to latest only</source>
        <translation>L&apos;image %1 n&apos;est fixée qu&apos;à latest</translation>
    </message>
    <message>
        <source>latest moves. Name a version, so that the same file makes the same image.</source>
        <translation>latest bouge. Nommez une version, afin que le même fichier donne la même image.</translation>
    </message>
    <message>
        <source>No version is given for: %1</source>
        <translation>Aucune version n&apos;est donnée pour : %1</translation>
    </message>
    <message>
        <source>apt-get takes the newest one on the day of the build. With package=version a build can be repeated, and a cached layer is made anew when the version changes.</source>
        <translation>apt-get prend la plus récente le jour de la construction. Avec paquet=version, une construction peut être répétée, et une couche en cache est refaite quand la version change.</translation>
    </message>
    <message>
        <source>The lists of apt stay in the layer</source>
        <translation>Les listes d&apos;apt restent dans la couche</translation>
    </message>
    <message>
        <source>They are some tens of megabytes that nobody needs in the image. Remove /var/lib/apt/lists in the same RUN: a later one cannot make the layer smaller.</source>
        <translation>Ce sont quelques dizaines de mégaoctets dont personne n&apos;a besoin dans l&apos;image. Supprimez /var/lib/apt/lists dans le même RUN : un suivant ne peut pas réduire la couche.</translation>
    </message>
    <message>
        <source>Remove the lists in the same RUN</source>
        <translation>Supprimer les listes dans le même RUN</translation>
    </message>
    <message>
        <source>The archive %1 is copied, then unpacked</source>
        <translation>L&apos;archive %1 est copiée, puis extraite</translation>
    </message>
    <message>
        <source>ADD unpacks a local archive by itself; the copied one stays in its layer otherwise.</source>
        <translation>ADD extrait de lui-même une archive locale ; sinon l&apos;archive copiée reste dans sa couche.</translation>
    </message>
    <message>
        <source>%1 is no port</source>
        <translation>%1 n&apos;est pas un port</translation>
    </message>
    <message>
        <source>Ports go from 0 to 65535.</source>
        <translation>Les ports vont de 0 à 65535.</translation>
    </message>
    <message>
        <source>There is a HEALTHCHECK already</source>
        <translation>Il y a déjà un HEALTHCHECK</translation>
    </message>
    <message>
        <source>Only the last one of a stage counts.</source>
        <translation>Seul le dernier d&apos;une étape compte.</translation>
    </message>
    <message>
        <source>pip takes the newest one on the day of the build. Write package==version, or install from a file of requirements.</source>
        <translation>pip prend la plus récente le jour de la construction. Écrivez paquet==version, ou installez depuis un fichier de dépendances.</translation>
    </message>
    <message>
        <source>apt-get install waits for an answer</source>
        <translation>apt-get install attend une réponse</translation>
    </message>
    <message>
        <source>Nobody is there to type yes: the build stops. Add -y.</source>
        <translation>Personne n&apos;est là pour répondre oui : la construction s&apos;arrête. Ajoutez -y.</translation>
    </message>
    <message>
        <source>Add -y</source>
        <translation>Ajouter -y</translation>
    </message>
    <message>
        <source>apt-get installs recommended packages too</source>
        <translation>apt-get installe aussi les paquets recommandés</translation>
    </message>
    <message>
        <source>They are often half of what is downloaded. Add --no-install-recommends, and name what is really needed.</source>
        <translation>C&apos;est souvent la moitié de ce qui est téléchargé. Ajoutez --no-install-recommends, et nommez ce qu&apos;il faut vraiment.</translation>
    </message>
    <message>
        <source>npm takes the newest one on the day of the build. Write package@version, or install from package-lock.json with npm ci.</source>
        <translation>npm prend la plus récente le jour de la construction. Écrivez paquet@version, ou installez depuis package-lock.json avec npm ci.</translation>
    </message>
    <message>
        <source>apk takes the newest one on the day of the build. Write package=version or package~version.</source>
        <translation>apk prend la plus récente le jour de la construction. Écrivez paquet=version ou paquet~version.</translation>
    </message>
    <message>
        <source>apk add keeps its index</source>
        <translation>apk add garde son index</translation>
    </message>
    <message>
        <source>With --no-cache no index is stored, and none has to be removed.</source>
        <translation>Avec --no-cache, aucun index n&apos;est stocké, et aucun n&apos;est à supprimer.</translation>
    </message>
    <message>
        <source>Add --no-cache</source>
        <translation>Ajouter --no-cache</translation>
    </message>
    <message>
        <source>Use COPY for %1</source>
        <translation>Utilisez COPY pour %1</translation>
    </message>
    <message>
        <source>ADD also downloads and unpacks; what only copies should say so.</source>
        <translation>ADD télécharge et extrait aussi ; ce qui ne fait que copier devrait le dire.</translation>
    </message>
    <message>
        <source>Use COPY</source>
        <translation>Utiliser COPY</translation>
    </message>
    <message>
        <source>The destination of several sources must end with /</source>
        <translation>La destination de plusieurs sources doit finir par /</translation>
    </message>
    <message>
        <source>Several files can only be put into a folder, and only the slash says that it is one.</source>
        <translation>Plusieurs fichiers ne peuvent aller que dans un dossier, et seule la barre oblique dit que c&apos;en est un.</translation>
    </message>
    <message>
        <source>Add the slash</source>
        <translation>Ajouter la barre oblique</translation>
    </message>
    <message>
        <source>%1 is no stage before this one</source>
        <translation>%1 n&apos;est pas une étape qui précède celle-ci</translation>
    </message>
    <message>
        <source>COPY --from takes files from a stage above it, or from an image; an image&apos;s name has a tag.</source>
        <translation>COPY --from prend des fichiers d&apos;une étape située plus haut, ou d&apos;une image ; le nom d&apos;une image a une étiquette.</translation>
    </message>
    <message>
        <source>A stage cannot copy from itself</source>
        <translation>Une étape ne peut pas copier depuis elle-même</translation>
    </message>
    <message>
        <source>COPY --from needs another stage: this one is not made yet.</source>
        <translation>COPY --from demande une autre étape : celle-ci n&apos;est pas encore faite.</translation>
    </message>
    <message>
        <source>The name %1 is taken by a stage above</source>
        <translation>Le nom %1 est déjà celui d&apos;une étape plus haut</translation>
    </message>
    <message>
        <source>Two stages of one name cannot be told apart.</source>
        <translation>Deux étapes du même nom ne se distinguent pas.</translation>
    </message>
    <message>
        <source>%1 is given to a shell</source>
        <translation>%1 est confié à un shell</translation>
    </message>
    <message>
        <source>The shell is the container&apos;s first process then: it passes no signals on, and stopping takes ten seconds. Write the words as a JSON array.</source>
        <translation>Le shell est alors le premier processus du conteneur : il ne transmet pas les signaux, et l&apos;arrêt prend dix secondes. Écrivez les mots dans un tableau JSON.</translation>
    </message>
    <message>
        <source>Write a JSON array</source>
        <translation>Écrire un tableau JSON</translation>
    </message>
    <message>
        <source>The registry of %1 is not a trusted one</source>
        <translation>Le registre de %1 n&apos;est pas de confiance</translation>
    </message>
    <message>
        <source>The settings name the registries that images may come from.</source>
        <translation>Les réglages nomment les registres d&apos;où peuvent venir les images.</translation>
    </message>
    <message>
        <source>Use apt-get or apt-cache instead of apt</source>
        <translation>Utilisez apt-get ou apt-cache plutôt qu&apos;apt</translation>
    </message>
    <message>
        <source>apt is made for people: what it prints and does may change between its versions.</source>
        <translation>apt est fait pour les humains : ce qu&apos;il affiche et fait peut changer d&apos;une version à l&apos;autre.</translation>
    </message>
    <message>
        <source>Use apt-get</source>
        <translation>Utiliser apt-get</translation>
    </message>
    <message>
        <source>gem takes the newest one on the day of the build. Write gem:version.</source>
        <translation>gem prend la plus récente le jour de la construction. Écrivez gem:version.</translation>
    </message>
    <message>
        <source>The platform is fixed</source>
        <translation>La plateforme est figée</translation>
    </message>
    <message>
        <source>FROM --platform with a fixed value makes the image for one processor only, whatever the build asks for.</source>
        <translation>FROM --platform avec une valeur fixe ne fait l&apos;image que pour un processeur, quoi que demande la construction.</translation>
    </message>
    <message>
        <source>yum install waits for an answer</source>
        <translation>yum install attend une réponse</translation>
    </message>
    <message>
        <source>yum&apos;s cache stays in the layer</source>
        <translation>Le cache de yum reste dans la couche</translation>
    </message>
    <message>
        <source>Run yum clean all in the same RUN: a later one cannot make the layer smaller.</source>
        <translation>Exécutez yum clean all dans le même RUN : un suivant ne peut pas réduire la couche.</translation>
    </message>
    <message>
        <source>Add yum clean all</source>
        <translation>Ajouter yum clean all</translation>
    </message>
    <message>
        <source>yum takes the newest one on the day of the build. Write package-version.</source>
        <translation>yum prend la plus récente le jour de la construction. Écrivez paquet-version.</translation>
    </message>
    <message>
        <source>zypper waits for an answer</source>
        <translation>zypper attend une réponse</translation>
    </message>
    <message>
        <source>Nobody is there to type yes: the build stops. Add --non-interactive.</source>
        <translation>Personne n&apos;est là pour répondre oui : la construction s&apos;arrête. Ajoutez --non-interactive.</translation>
    </message>
    <message>
        <source>Add --non-interactive</source>
        <translation>Ajouter --non-interactive</translation>
    </message>
    <message>
        <source>Do not upgrade the distribution</source>
        <translation>Ne mettez pas la distribution à niveau</translation>
    </message>
    <message>
        <source>The base image is the place where a new version of the distribution comes from.</source>
        <translation>C&apos;est de l&apos;image de base que doit venir une nouvelle version de la distribution.</translation>
    </message>
    <message>
        <source>zypper&apos;s cache stays in the layer</source>
        <translation>Le cache de zypper reste dans la couche</translation>
    </message>
    <message>
        <source>Run zypper clean in the same RUN: a later one cannot make the layer smaller.</source>
        <translation>Exécutez zypper clean dans le même RUN : un suivant ne peut pas réduire la couche.</translation>
    </message>
    <message>
        <source>Add zypper clean</source>
        <translation>Ajouter zypper clean</translation>
    </message>
    <message>
        <source>zypper takes the newest one on the day of the build. Write package=version.</source>
        <translation>zypper prend la plus récente le jour de la construction. Écrivez paquet=version.</translation>
    </message>
    <message>
        <source>%1 install waits for an answer</source>
        <translation>%1 install attend une réponse</translation>
    </message>
    <message>
        <source>%1&apos;s cache stays in the layer</source>
        <translation>Le cache de %1 reste dans la couche</translation>
    </message>
    <message>
        <source>Clean it in the same RUN: a later one cannot make the layer smaller.</source>
        <translation>Videz-le dans le même RUN : un suivant ne peut pas réduire la couche.</translation>
    </message>
    <message>
        <source>Clean it in the same RUN</source>
        <translation>Le vider dans le même RUN</translation>
    </message>
    <message>
        <source>dnf takes the newest one on the day of the build. Write package-version.</source>
        <translation>dnf prend la plus récente le jour de la construction. Écrivez paquet-version.</translation>
    </message>
    <message>
        <source>pip&apos;s cache stays in the layer</source>
        <translation>Le cache de pip reste dans la couche</translation>
    </message>
    <message>
        <source>Nothing installs from it again. Add --no-cache-dir, or set PIP_NO_CACHE_DIR.</source>
        <translation>Rien ne s&apos;en servira plus. Ajoutez --no-cache-dir, ou définissez PIP_NO_CACHE_DIR.</translation>
    </message>
    <message>
        <source>Add --no-cache-dir</source>
        <translation>Ajouter --no-cache-dir</translation>
    </message>
    <message>
        <source>%1 cannot be triggered by ONBUILD</source>
        <translation>%1 ne peut pas être déclenchée par ONBUILD</translation>
    </message>
    <message>
        <source>ONBUILD keeps one instruction for the build on top of this image: it begins no stage, and nests no further.</source>
        <translation>ONBUILD garde une instruction pour la construction faite sur cette image : elle ne commence pas d&apos;étape, et ne s&apos;emboîte pas.</translation>
    </message>
    <message>
        <source>%1 is used in the ENV that sets it</source>
        <translation>%1 est utilisée dans l&apos;ENV qui la définit</translation>
    </message>
    <message>
        <source>All values of one ENV are replaced before any of them is set: the old value is used, or nothing.</source>
        <translation>Toutes les valeurs d&apos;un ENV sont remplacées avant qu&apos;aucune ne soit définie : c&apos;est l&apos;ancienne valeur qui sert, ou rien.</translation>
    </message>
    <message>
        <source>%1 is relative, and no WORKDIR is set</source>
        <translation>%1 est relatif, et aucun WORKDIR n&apos;est défini</translation>
    </message>
    <message>
        <source>Where it ends depends on the base image.</source>
        <translation>L&apos;endroit où il mène dépend de l&apos;image de base.</translation>
    </message>
    <message>
        <source>useradd with a high number makes the image large</source>
        <translation>useradd avec un grand numéro alourdit l&apos;image</translation>
    </message>
    <message>
        <source>It writes /var/log/lastlog as long as the number is high: gigabytes. Add --no-log-init.</source>
        <translation>Il écrit un /var/log/lastlog aussi long que le numéro est grand : des gigaoctets. Ajoutez --no-log-init.</translation>
    </message>
    <message>
        <source>Add --no-log-init</source>
        <translation>Ajouter --no-log-init</translation>
    </message>
    <message>
        <source>wget draws a progress bar into the log</source>
        <translation>wget dessine une barre de progression dans le journal</translation>
    </message>
    <message>
        <source>Thousands of lines nobody reads. Use --progress=dot:giga, -q or -nv.</source>
        <translation>Des milliers de lignes que personne ne lit. Utilisez --progress=dot:giga, -q ou -nv.</translation>
    </message>
    <message>
        <source>%1 is no good key of a label</source>
        <translation>%1 n&apos;est pas une bonne clé de label</translation>
    </message>
    <message>
        <source>Keys are lower case letters and digits with single dots and dashes between them; com.docker, io.docker and org.dockerproject are Docker&apos;s own.</source>
        <translation>Les clés sont des minuscules et des chiffres, séparés par des points et tirets isolés ; com.docker, io.docker et org.dockerproject sont réservés à Docker.</translation>
    </message>
    <message>
        <source>The label %1 is missing</source>
        <translation>Le label %1 manque</translation>
    </message>
    <message>
        <source>The settings ask for it.</source>
        <translation>Les réglages le demandent.</translation>
    </message>
    <message>
        <source>The label %1 is not one of those agreed</source>
        <translation>Le label %1 n&apos;est pas de ceux qui sont convenus</translation>
    </message>
    <message>
        <source>The settings name the labels that an image may have, and allow no other.</source>
        <translation>Les réglages nomment les labels qu&apos;une image peut avoir, et n&apos;en permettent pas d&apos;autres.</translation>
    </message>
    <message>
        <source>The label %1 is empty</source>
        <translation>Le label %1 est vide</translation>
    </message>
    <message>
        <source>The settings ask for it; an empty one says nothing.</source>
        <translation>Les réglages le demandent ; vide, il ne dit rien.</translation>
    </message>
    <message>
        <source>The label %1 is no URL</source>
        <translation>Le label %1 n&apos;est pas une URL</translation>
    </message>
    <message>
        <source>The settings ask for an address such as https://example.org.</source>
        <translation>Les réglages demandent une adresse comme https://example.org.</translation>
    </message>
    <message>
        <source>The label %1 is no time of RFC 3339</source>
        <translation>Le label %1 n&apos;est pas une date RFC 3339</translation>
    </message>
    <message>
        <source>The settings ask for one such as 2026-01-31T12:00:00Z.</source>
        <translation>Les réglages en demandent une comme 2026-01-31T12:00:00Z.</translation>
    </message>
    <message>
        <source>The label %1 is no SPDX licence</source>
        <translation>Le label %1 n&apos;est pas une licence SPDX</translation>
    </message>
    <message>
        <source>The settings ask for an identifier such as MIT or GPL-3.0-or-later.</source>
        <translation>Les réglages demandent un identifiant comme MIT ou GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>The label %1 is no Git hash</source>
        <translation>Le label %1 n&apos;est pas une empreinte Git</translation>
    </message>
    <message>
        <source>The settings ask for 7 or 40 hexadecimal digits.</source>
        <translation>Les réglages demandent 7 ou 40 chiffres hexadécimaux.</translation>
    </message>
    <message>
        <source>The label %1 is no semantic version</source>
        <translation>Le label %1 n&apos;est pas une version sémantique</translation>
    </message>
    <message>
        <source>The settings ask for one such as 1.2.3 or 1.2.3-beta.1.</source>
        <translation>Les réglages en demandent une comme 1.2.3 ou 1.2.3-beta.1.</translation>
    </message>
    <message>
        <source>The image has no HEALTHCHECK</source>
        <translation>L&apos;image n&apos;a pas de HEALTHCHECK</translation>
    </message>
    <message>
        <source>Without one nobody knows whether the program in a running container still answers.</source>
        <translation>Sans lui, personne ne sait si le programme d&apos;un conteneur en marche répond encore.</translation>
    </message>
    <message>
        <source>The label %1 is no e-mail address</source>
        <translation>Le label %1 n&apos;est pas une adresse électronique</translation>
    </message>
    <message>
        <source>The settings ask for one such as name@example.org.</source>
        <translation>Les réglages en demandent une comme nom@example.org.</translation>
    </message>
    <message>
        <source>This RUN could be joined with the one before it</source>
        <translation>Ce RUN pourrait être réuni au précédent</translation>
    </message>
    <message>
        <source>Each makes a layer; what one removes of another stays in the image.</source>
        <translation>Chacun fait une couche ; ce que l&apos;un supprime d&apos;un autre reste dans l&apos;image.</translation>
    </message>
    <message>
        <source>Join the two</source>
        <translation>Réunir les deux</translation>
    </message>
    <message>
        <source>yarn&apos;s cache stays in the layer</source>
        <translation>Le cache de yarn reste dans la couche</translation>
    </message>
    <message>
        <source>Run yarn cache clean in the same RUN: a later one cannot make the layer smaller.</source>
        <translation>Exécutez yarn cache clean dans le même RUN : un suivant ne peut pas réduire la couche.</translation>
    </message>
    <message>
        <source>Add yarn cache clean</source>
        <translation>Ajouter yarn cache clean</translation>
    </message>
    <message>
        <source>%1 stands before the first FROM</source>
        <translation>%1 se trouve avant le premier FROM</translation>
    </message>
    <message>
        <source>A Dockerfile begins with FROM; only ARG may stand before it.</source>
        <translation>Un Dockerfile commence par FROM ; seul ARG peut le précéder.</translation>
    </message>
    <message>
        <source>go takes the newest one on the day of the build. Write package@version.</source>
        <translation>go prend la plus récente le jour de la construction. Écrivez paquet@version.</translation>
    </message>
    <message>
        <source>%1 is a reserved word, and no good name of a stage</source>
        <translation>%1 est un mot réservé, et n&apos;est pas un bon nom d&apos;étape</translation>
    </message>
    <message>
        <source>FROM scratch is nothing at all, and context is the folder of the build: a stage of that name hides it.</source>
        <translation>FROM scratch, c&apos;est rien du tout, et context est le dossier de la construction : une étape de ce nom le cache.</translation>
    </message>
    <message>
        <source>%1 looks like a secret</source>
        <translation>%1 ressemble à un secret</translation>
    </message>
    <message>
        <source>ARG and ENV are kept in the image, where everyone can read them. Use RUN --mount=type=secret.</source>
        <translation>ARG et ENV sont gardés dans l&apos;image, où chacun peut les lire. Utilisez RUN --mount=type=secret.</translation>
    </message>
    <message>
        <source>--platform=$TARGETPLATFORM is what happens anyway</source>
        <translation>--platform=$TARGETPLATFORM est ce qui se fait de toute façon</translation>
    </message>
    <message>
        <source>FROM takes the target&apos;s platform by itself.</source>
        <translation>FROM prend de lui-même la plateforme de la cible.</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Le retirer</translation>
    </message>
    <message>
        <source>The user %1 is a name, not a number</source>
        <translation>L&apos;utilisateur %1 est un nom, pas un numéro</translation>
    </message>
    <message>
        <source>What runs the container may not know names of the image, and cannot prove that it is not root. Use the number.</source>
        <translation>Ce qui exécute le conteneur peut ne pas connaître les noms de l&apos;image, et ne peut prouver que ce n&apos;est pas root. Utilisez le numéro.</translation>
    </message>
    <message>
        <source>The whole file system of a stage is copied</source>
        <translation>Tout le système de fichiers d&apos;une étape est copié</translation>
    </message>
    <message>
        <source>Everything that made it comes along: name what is wanted.</source>
        <translation>Tout ce qui a servi à la faire vient avec : nommez ce qu&apos;il faut.</translation>
    </message>
    <message>
        <source>MAINTAINER is of the past</source>
        <translation>MAINTAINER appartient au passé</translation>
    </message>
    <message>
        <source>A label says it, and any tool can read that.</source>
        <translation>Un label le dit, et tout outil peut le lire.</translation>
    </message>
    <message>
        <source>Write a label</source>
        <translation>Écrire un label</translation>
    </message>
    <message>
        <source>Both wget and curl are used</source>
        <translation>wget et curl sont utilisés tous les deux</translation>
    </message>
    <message>
        <source>One of them is enough: the other only makes the image larger.</source>
        <translation>Un seul suffit : l&apos;autre ne fait qu&apos;alourdir l&apos;image.</translation>
    </message>
    <message>
        <source>There is a CMD already</source>
        <translation>Il y a déjà un CMD</translation>
    </message>
    <message>
        <source>There is an ENTRYPOINT already</source>
        <translation>Il y a déjà un ENTRYPOINT</translation>
    </message>
    <message>
        <source>Use SHELL to change the shell</source>
        <translation>Utilisez SHELL pour changer de shell</translation>
    </message>
    <message>
        <source>Replacing /bin/sh changes it for every program of the image; SHELL changes it for the build.</source>
        <translation>Remplacer /bin/sh le change pour tous les programmes de l&apos;image ; SHELL le change pour la construction.</translation>
    </message>
    <message>
        <source>A failure before the pipe goes unnoticed</source>
        <translation>Un échec avant le tube passe inaperçu</translation>
    </message>
    <message>
        <source>Only the last program&apos;s result counts. SHELL [&quot;/bin/bash&quot;, &quot;-o&quot;, &quot;pipefail&quot;, &quot;-c&quot;] makes the others&apos; count too.</source>
        <translation>Seul le résultat du dernier programme compte. SHELL [&quot;/bin/bash&quot;, &quot;-o&quot;, &quot;pipefail&quot;, &quot;-c&quot;] fait aussi compter les autres.</translation>
    </message>
    <message>
        <source>The tag %1 moves</source>
        <translation>L&apos;étiquette %1 bouge</translation>
    </message>
    <message>
        <source>It names no version but a promise of what is newest, or stable: tomorrow&apos;s build is another one.</source>
        <translation>Elle ne nomme pas une version mais promet le plus récent, ou le plus stable : la construction de demain sera autre.</translation>
    </message>
    <message>
        <source>The whole folder is copied, and there is no .dockerignore</source>
        <translation>Tout le dossier est copié, et il n&apos;y a pas de .dockerignore</translation>
    </message>
    <message>
        <source>The .git folder, secrets and build results come along, and each change of any of them makes the layer anew.</source>
        <translation>Le dossier .git, des secrets et des résultats de compilation viennent avec, et chaque changement de l&apos;un d&apos;eux refait la couche.</translation>
    </message>
    <message>
        <source>There is no .dockerignore</source>
        <translation>Il n&apos;y a pas de .dockerignore</translation>
    </message>
    <message>
        <source>Without one everything in the folder is sent to the builder: write down what it does not need.</source>
        <translation>Sans lui, tout le dossier est envoyé au constructeur : notez-y ce dont il n&apos;a pas besoin.</translation>
    </message>
    <message>
        <source>The image runs as root</source>
        <translation>L&apos;image s&apos;exécute en root</translation>
    </message>
    <message>
        <source>What breaks out of the program is root. End with USER and a number above 0.</source>
        <translation>Ce qui s&apos;échappe du programme est root. Finissez par USER et un numéro supérieur à 0.</translation>
    </message>
    <message>
        <source>Tools that only build stay in the image: %1</source>
        <translation>Des outils qui ne servent qu&apos;à construire restent dans l&apos;image : %1</translation>
    </message>
    <message>
        <source>They make it large, and serve an intruder. Build in a stage of its own, and COPY --from it what the program needs.</source>
        <translation>Ils l&apos;alourdissent, et servent un intrus. Construisez dans une étape à part, et prenez-y par COPY --from ce qu&apos;il faut au programme.</translation>
    </message>
    <message>
        <source>Removing %1 here frees nothing</source>
        <translation>Supprimer %1 ici ne libère rien</translation>
    </message>
    <message>
        <source>It lies in the layer of a RUN above, and stays there. Remove it in the RUN that made it.</source>
        <translation>Cela se trouve dans la couche d&apos;un RUN plus haut, et y reste. Supprimez-le dans le RUN qui l&apos;a fait.</translation>
    </message>
    <message>
        <source>Dependencies are installed after all sources are copied</source>
        <translation>Les dépendances sont installées après la copie de toutes les sources</translation>
    </message>
    <message>
        <source>Each change of any file installs them anew. Copy the list of dependencies first, install, then copy the rest.</source>
        <translation>Chaque changement d&apos;un fichier les réinstalle. Copiez d&apos;abord la liste des dépendances, installez, puis copiez le reste.</translation>
    </message>
    <message>
        <source>A secret stands in the file</source>
        <translation>Un secret se trouve dans le fichier</translation>
    </message>
    <message>
        <source>Everyone who has the file or the image can read it. Replace it where it is used, and use RUN --mount=type=secret.</source>
        <translation>Quiconque a le fichier ou l&apos;image peut le lire. Remplacez-le là où il sert, et utilisez RUN --mount=type=secret.</translation>
    </message>
    <message>
        <source>%1 may hold secrets</source>
        <translation>%1 peut contenir des secrets</translation>
    </message>
    <message>
        <source>What is copied into an image stays in its layer, even when it is removed later. Use RUN --mount=type=secret.</source>
        <translation>Ce qui est copié dans une image reste dans sa couche, même supprimé plus tard. Utilisez RUN --mount=type=secret.</translation>
    </message>
    <message>
        <source>The package lists are fetched in a layer of their own</source>
        <translation>Les listes de paquets sont téléchargées dans une couche à part</translation>
    </message>
    <message>
        <source>The layer is cached: weeks later the install after it works with old lists, and fails. Fetch and install in one RUN.</source>
        <translation>La couche est en cache : des semaines plus tard, l&apos;installation qui suit se sert de vieilles listes, et échoue. Téléchargez et installez en un seul RUN.</translation>
    </message>
    <message>
        <source>The folder has no %1</source>
        <translation>Le dossier n&apos;a pas de %1</translation>
    </message>
    <message>
        <source>COPY and ADD fail when a source is not there.</source>
        <translation>COPY et ADD échouent quand une source n&apos;est pas là.</translation>
    </message>
    <message>
        <source>%1 maps a port</source>
        <translation>%1 associe un port</translation>
    </message>
    <message>
        <source>EXPOSE names ports of the container. Addresses and ports of the host belong to the one who runs it; a future version will refuse them.</source>
        <translation>EXPOSE nomme des ports du conteneur. Les adresses et ports de l&apos;hôte reviennent à qui l&apos;exécute ; une version future les refusera.</translation>
    </message>
    <message>
        <source>Keep the container&apos;s port</source>
        <translation>Garder le port du conteneur</translation>
    </message>
    <message>
        <source>The protocol of %1 has capital letters</source>
        <translation>Le protocole de %1 a des majuscules</translation>
    </message>
    <message>
        <source>It is written in lower case.</source>
        <translation>Il s&apos;écrit en minuscules.</translation>
    </message>
    <message>
        <source>Write it in lower case</source>
        <translation>L&apos;écrire en minuscules</translation>
    </message>
    <message>
        <source>%2 is not written like %1</source>
        <translation>%2 n&apos;est pas écrit comme %1</translation>
    </message>
    <message>
        <source>Words of one instruction in one case are easier to read.</source>
        <translation>Les mots d&apos;une instruction dans une même casse se lisent mieux.</translation>
    </message>
    <message>
        <source>Write both alike</source>
        <translation>Écrire les deux de même</translation>
    </message>
    <message>
        <source>The platform is fixed to %1</source>
        <translation>La plateforme est figée à %1</translation>
    </message>
    <message>
        <source>The image is made for one processor only, whatever the build asks for. A stage that needs it should have the platform in its name.</source>
        <translation>L&apos;image n&apos;est faite que pour un processeur, quoi que demande la construction. Une étape qui en a besoin devrait porter la plateforme dans son nom.</translation>
    </message>
    <message>
        <source>The base image %1 is for %2, the build is for %3</source>
        <translation>L&apos;image de base %1 est pour %2, la construction est pour %3</translation>
    </message>
    <message>
        <source>What it holds cannot run there without emulation.</source>
        <translation>Ce qu&apos;elle contient ne peut s&apos;y exécuter sans émulation.</translation>
    </message>
    <message>
        <source>Without build arguments %1 is no image</source>
        <translation>Sans arguments de construction, %1 n&apos;est pas une image</translation>
    </message>
    <message>
        <source>The ARG before FROM has no default, or one that makes no name. Give it one that works.</source>
        <translation>L&apos;ARG avant FROM n&apos;a pas de valeur par défaut, ou une qui ne donne pas de nom. Donnez-lui-en une qui fonctionne.</translation>
    </message>
    <message>
        <source>The comment does not describe %1</source>
        <translation>Le commentaire ne décrit pas %1</translation>
    </message>
    <message>
        <source>A comment right above FROM or ARG is shown as its description: it begins with the name. An empty line keeps others apart.</source>
        <translation>Un commentaire juste au-dessus de FROM ou ARG est montré comme sa description : il commence par le nom. Une ligne vide sépare les autres.</translation>
    </message>
    <message>
        <source>Set it apart with an empty line</source>
        <translation>Le séparer par une ligne vide</translation>
    </message>
    <message>
        <source>The shell is the container&apos;s first process then: it passes no signals on, and stopping takes ten seconds. Write the words as a JSON array, or name the shell with SHELL.</source>
        <translation>Le shell est alors le premier processus du conteneur : il ne transmet pas les signaux, et l&apos;arrêt prend dix secondes. Écrivez les mots dans un tableau JSON, ou nommez le shell par SHELL.</translation>
    </message>
    <message>
        <source>Write %1 name=value</source>
        <translation>Écrivez %1 nom=valeur</translation>
    </message>
    <message>
        <source>The form with a space takes one value only, and will be dropped some day.</source>
        <translation>La forme avec une espace ne prend qu&apos;une valeur, et disparaîtra un jour.</translation>
    </message>
    <message>
        <source>Use the equals sign</source>
        <translation>Utiliser le signe égal</translation>
    </message>
    <message>
        <source>A later %1 of the stage replaces this one</source>
        <translation>Un %1 ultérieur de l&apos;étape remplace celui-ci</translation>
    </message>
    <message>
        <source>Only the last one counts.</source>
        <translation>Seul le dernier compte.</translation>
    </message>
    <message>
        <source>An empty line within an instruction</source>
        <translation>Une ligne vide dans une instruction</translation>
    </message>
    <message>
        <source>A future version of the language will refuse it.</source>
        <translation>Une version future du langage la refusera.</translation>
    </message>
    <message>
        <source>Remove the line</source>
        <translation>Retirer la ligne</translation>
    </message>
    <message>
        <source>The stage&apos;s name %1 has capital letters</source>
        <translation>Le nom d&apos;étape %1 a des majuscules</translation>
    </message>
    <message>
        <source>Names of stages are read without regard to case; written in lower case they cannot look like two.</source>
        <translation>Les noms d&apos;étapes se lisent sans égard à la casse ; écrits en minuscules, ils ne peuvent sembler être deux.</translation>
    </message>
    <message>
        <source>FROM uses %1, which no ARG before it defines</source>
        <translation>FROM utilise %1, qu&apos;aucun ARG avant lui ne définit</translation>
    </message>
    <message>
        <source>It is replaced by nothing.</source>
        <translation>Elle est remplacée par rien.</translation>
    </message>
    <message>
        <source>The variable %1 is used before it is defined</source>
        <translation>La variable %1 est utilisée avant d&apos;être définie</translation>
    </message>
    <message>
        <source>It is replaced by nothing, unless the base image happens to set it.</source>
        <translation>Elle est remplacée par rien, à moins que l&apos;image de base ne la définisse.</translation>
    </message>
    <message>
        <source>WORKDIR %1 depends on the base image</source>
        <translation>WORKDIR %1 dépend de l&apos;image de base</translation>
    </message>
    <message>
        <source>A relative path begins where the base image ended: set an absolute one first.</source>
        <translation>Un chemin relatif commence là où finit l&apos;image de base : définissez d&apos;abord un chemin absolu.</translation>
    </message>
</context>
<context>
    <name>LintText</name>
    <message>
        <source>Syntax</source>
        <translation>Syntaxe</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Conseil</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Style</translation>
    </message>
</context>
<context>
    <name>MakingText</name>
    <message>
        <source>{what}</source>
        <translation>{what}</translation>
    </message>
    <message>
        <source>A step that is told only.</source>
        <translation>Une étape qui n’est que rapportée.</translation>
    </message>
    <message>
        <source>Mount a layer ({type})</source>
        <translation>Monter une couche ({type})</translation>
    </message>
    <message>
        <source>A layer of an image is stored once and never changes. Mounted read-only, it serves any number of containers at the same time.</source>
        <translation>Une couche d’image est stockée une fois et ne change jamais. Montée en lecture seule, elle sert à autant de conteneurs qu’on veut en même temps.</translation>
    </message>
    <message>
        <source>Show a layer as the container&apos;s own ({map})</source>
        <translation>Montrer une couche comme appartenant au conteneur ({map})</translation>
    </message>
    <message>
        <source>Root in the container is an ordinary user outside. An id-mapped mount shows the layer&apos;s files as belonging to the container&apos;s users, without changing or copying one of them.</source>
        <translation>Root dans le conteneur est un utilisateur ordinaire au-dehors. Un montage à identifiants convertis (idmapped) montre les fichiers de la couche comme appartenant aux utilisateurs du conteneur, sans en changer ni en copier aucun.</translation>
    </message>
    <message>
        <source>Lay the layers over each other</source>
        <translation>Superposer les couches</translation>
    </message>
    <message>
        <source>overlayfs shows the image&apos;s layers and one writable folder on top as one file system. What the container changes lands in that folder: the image stays as it is, and nothing is copied at the start.</source>
        <translation>overlayfs montre les couches de l’image, avec un dossier inscriptible au-dessus, comme un seul système de fichiers. Ce que change le conteneur arrive dans ce dossier&#xa0;: l’image reste telle quelle, et rien n’est copié au démarrage.</translation>
    </message>
    <message>
        <source>Make shared memory at {target}</source>
        <translation>Créer de la mémoire partagée en {target}</translation>
    </message>
    <message>
        <source>Memory that looks like a folder (/dev/shm). It is made outside, so that another container can be given the same one.</source>
        <translation>De la mémoire qui ressemble à un dossier (/dev/shm). Elle est créée au-dehors, pour qu’un autre conteneur puisse recevoir la même.</translation>
    </message>
    <message>
        <source>Write {path}</source>
        <translation>Écrire {path}</translation>
    </message>
    <message>
        <source>hosts, resolv.conf and hostname differ from container to container: the engine writes them, to be laid over those of the image. config.json tells the runtime what to do.</source>
        <translation>hosts, resolv.conf et hostname diffèrent d’un conteneur à l’autre&#xa0;: le moteur les écrit, pour les poser par-dessus ceux de l’image. config.json dit à l’exécuteur quoi faire.</translation>
    </message>
    <message>
        <source>Take hold of what is mounted at {target}</source>
        <translation>Saisir ce qui sera monté en {target}</translation>
    </message>
    <message>
        <source>A folder of this machine, or a volume, that the container shall see. It is opened before, so that nobody can put another one in its place meanwhile.</source>
        <translation>Un dossier de cette machine, ou un volume, que le conteneur doit voir. Il est ouvert d’avance, pour que personne ne puisse entre-temps en mettre un autre à sa place.</translation>
    </message>
    <message>
        <source>Make the bridge {name}</source>
        <translation>Créer le pont {name}</translation>
    </message>
    <message>
        <source>A bridge is a network switch made of software. Every container of the network is plugged into it, and its address is their way out.</source>
        <translation>Un pont est un commutateur réseau fait en logiciel. Chaque conteneur du réseau y est branché, et son adresse est leur chemin vers l’extérieur.</translation>
    </message>
    <message>
        <source>Set {path} to {value}</source>
        <translation>Mettre {path} à {value}</translation>
    </message>
    <message>
        <source>A setting of the kernel. Written by the engine it counts for this machine (a bridge needs packets to be passed on); written in the container it counts in its namespace alone.</source>
        <translation>Un réglage du noyau. Écrit par le moteur, il vaut pour cette machine (un pont a besoin que les paquets soient transmis)&#xa0;; écrit dans le conteneur, il ne vaut que dans son espace de noms.</translation>
    </message>
    <message>
        <source>Lay a cable from {host} to {inside}</source>
        <translation>Poser un câble de {host} à {inside}</translation>
    </message>
    <message>
        <source>Two interfaces that are joined: what goes into one comes out of the other. One end is plugged into the bridge, the other lies in the container&apos;s network namespace.</source>
        <translation>Deux interfaces reliées&#xa0;: ce qui entre dans l’une sort de l’autre. Un bout est branché au pont, l’autre se trouve dans l’espace de noms réseau du conteneur.</translation>
    </message>
    <message>
        <source>Make the interface {inside} ({kind})</source>
        <translation>Créer l’interface {inside} ({kind})</translation>
    </message>
    <message>
        <source>An interface that stands directly on one of this machine&apos;s: the container has an address in that network, and there is no bridge between.</source>
        <translation>Une interface posée directement sur une de cette machine&#xa0;: le conteneur a une adresse dans ce réseau-là, sans pont entre les deux.</translation>
    </message>
    <message>
        <source>Give {interface} the address {address}</source>
        <translation>Donner à {interface} l’adresse {address}</translation>
    </message>
    <message>
        <source>Only what has an address can be sent to. One that is given in the container&apos;s network namespace is seen there alone.</source>
        <translation>On ne peut envoyer qu’à ce qui a une adresse. Celle qui est donnée dans l’espace de noms réseau du conteneur n’est vue que là.</translation>
    </message>
    <message>
        <source>Switch {interface} on</source>
        <translation>Activer {interface}</translation>
    </message>
    <message>
        <source>An interface is switched off when it is made; in a new network namespace even loopback is.</source>
        <translation>Une interface est éteinte quand elle vient d’être créée&#xa0;; dans un nouvel espace de noms réseau, même la boucle locale l’est.</translation>
    </message>
    <message>
        <source>Send {destination} by way of {gateway}</source>
        <translation>Envoyer {destination} en passant par {gateway}</translation>
    </message>
    <message>
        <source>A route says where packets go that are for no neighbour: to the bridge, and from there on.</source>
        <translation>Une route dit où vont les paquets qui ne sont pour aucun voisin&#xa0;: au pont, et plus loin à partir de là.</translation>
    </message>
    <message>
        <source>Keep {interface} from its neighbours</source>
        <translation>Isoler {interface} de ses voisines</translation>
    </message>
    <message>
        <source>Isolated ports of a bridge do not reach each other, only the way out: this network was made without communication between containers.</source>
        <translation>Les ports isolés d’un pont ne s’atteignent pas entre eux, seulement la sortie&#xa0;: ce réseau a été créé sans communication entre conteneurs.</translation>
    </message>
    <message>
        <source>Write rules of the firewall</source>
        <translation>Écrire des règles du pare-feu</translation>
    </message>
    <message>
        <source>nftables lets packets of the container leave under the machine&apos;s address, hands packets for published ports on to it, and keeps networks apart.</source>
        <translation>nftables fait sortir les paquets du conteneur sous l’adresse de la machine, lui transmet ceux des ports publiés, et tient les réseaux séparés.</translation>
    </message>
    <message>
        <source>Serve the name {names}</source>
        <translation>Répondre au nom {names}</translation>
    </message>
    <message>
        <source>Containers of one network find each other by name: from now on escale-dns answers with this address.</source>
        <translation>Les conteneurs d’un réseau se trouvent par leur nom&#xa0;: dès maintenant, escale-dns répond avec cette adresse.</translation>
    </message>
    <message>
        <source>Reserve port {port}/{protocol}</source>
        <translation>Réserver le port {port}/{protocol}</translation>
    </message>
    <message>
        <source>A bound socket keeps the published port: nobody else can take it, and a clash is noticed before anything is made.</source>
        <translation>Une socket attachée garde le port publié&#xa0;: personne d’autre ne peut le prendre, et un conflit se voit avant que rien soit créé.</translation>
    </message>
    <message>
        <source>Start the runtime</source>
        <translation>Démarrer l’exécuteur</translation>
    </message>
    <message>
        <source>A program of its own makes the container and stays with it as its monitor: the engine can be restarted, and the container does not notice.</source>
        <translation>Un programme à part fabrique le conteneur et reste auprès de lui comme surveillant&#xa0;: le moteur peut être redémarré sans que le conteneur le remarque.</translation>
    </message>
    <message>
        <source>Make the cgroup {path}</source>
        <translation>Créer le cgroup {path}</translation>
    </message>
    <message>
        <source>A cgroup is a group of processes whose use of the machine is counted and limited together. All processes of the container will be in it.</source>
        <translation>Un cgroup est un groupe de processus dont l’usage de la machine est compté et limité ensemble. Tous les processus du conteneur y seront.</translation>
    </message>
    <message>
        <source>Write {value} to {file}</source>
        <translation>Écrire {value} dans {file}</translation>
    </message>
    <message>
        <source>A limit or a setting of the group, as a file: how much memory, which part of the processors, how many processes. The kernel holds to it from now on.</source>
        <translation>Une limite ou un réglage du groupe, sous forme de fichier&#xa0;: combien de mémoire, quelle part des processeurs, combien de processus. Le noyau s’y tient dès maintenant.</translation>
    </message>
    <message>
        <source>Allow only harmless devices</source>
        <translation>N’autoriser que les périphériques inoffensifs</translation>
    </message>
    <message>
        <source>Asked each time a device is opened: null, zero, random and terminals may be, disks and the machine&apos;s memory may not.</source>
        <translation>Consulté chaque fois qu’un périphérique est ouvert&#xa0;: null, zero, random et les terminaux peuvent l’être, les disques et la mémoire de la machine non.</translation>
    </message>
    <message>
        <source>Make a network namespace</source>
        <translation>Créer un espace de noms réseau</translation>
    </message>
    <message>
        <source>A network of its own: interfaces, addresses, routes, ports and rules. At first there is nothing in it but a loopback that is switched off.</source>
        <translation>Un réseau à lui&#xa0;: interfaces, adresses, routes, ports et règles. Au début il ne contient qu’une boucle locale éteinte.</translation>
    </message>
    <message>
        <source>Prepare the mount for {target}</source>
        <translation>Préparer le montage pour {target}</translation>
    </message>
    <message>
        <source>It is opened here, where the rights for it are, and attached nowhere yet: the container&apos;s process will put it in its place, where the container alone sees it.</source>
        <translation>Il est ouvert ici, où l’on en a les droits, et n’est encore attaché nulle part&#xa0;: le processus du conteneur le mettra à sa place, où seul le conteneur le voit.</translation>
    </message>
    <message>
        <source>Hand the cgroup to the container</source>
        <translation>Remettre le cgroup au conteneur</translation>
    </message>
    <message>
        <source>The container may divide its own group among its processes, within the limits that were set from outside.</source>
        <translation>Le conteneur peut diviser son propre groupe entre ses processus, dans les limites fixées du dehors.</translation>
    </message>
    <message>
        <source>Let systemd make the scope {unit}</source>
        <translation>Faire créer le scope {unit} par systemd</translation>
    </message>
    <message>
        <source>Where systemd keeps the cgroups of a machine it is asked for one (a scope), so that nobody else changes it.</source>
        <translation>Là où systemd tient les cgroups d’une machine, on lui en demande un (un scope), pour que personne d’autre ne le change.</translation>
    </message>
    <message>
        <source>Join the {type} namespace</source>
        <translation>Rejoindre l’espace de noms {type}</translation>
    </message>
    <message>
        <source>The container shares this view with another one, or with the machine, because it was asked to.</source>
        <translation>Le conteneur partage cette vue avec un autre, ou avec la machine, parce qu’on l’a demandé.</translation>
    </message>
    <message>
        <source>Make a time namespace ({offsets})</source>
        <translation>Créer un espace de noms de temps ({offsets})</translation>
    </message>
    <message>
        <source>The clocks that count from the start of the machine have another beginning in the container.</source>
        <translation>Les horloges qui comptent depuis le démarrage de la machine ont un autre début dans le conteneur.</translation>
    </message>
    <message>
        <source>Show {target} with the users of the container</source>
        <translation>Montrer {target} avec les utilisateurs du conteneur</translation>
    </message>
    <message>
        <source>Files of an outside user appear as those of a user inside: the folder itself is not changed.</source>
        <translation>Les fichiers d’un utilisateur du dehors apparaissent comme ceux d’un utilisateur du dedans&#xa0;: le dossier lui-même n’est pas changé.</translation>
    </message>
    <message>
        <source>Compile the filter of system calls ({rules} rules)</source>
        <translation>Compiler le filtre d’appels système ({rules} règles)</translation>
    </message>
    <message>
        <source>Rules in words become a small program that the kernel can run at each system call. It is loaded later, by the process that it is for.</source>
        <translation>Des règles en mots deviennent un petit programme que le noyau peut exécuter à chaque appel système. Il est chargé plus tard, par le processus auquel il est destiné.</translation>
    </message>
    <message>
        <source>Make the container&apos;s first process</source>
        <translation>Créer le premier processus du conteneur</translation>
    </message>
    <message>
        <source>Here the container begins: a new process in new namespaces. Each flag CLONE_NEW… gives it a view of its own of one thing: mounts, process numbers (it is number 1), hostname, users and so on.</source>
        <translation>C’est ici que le conteneur commence&#xa0;: un nouveau processus dans de nouveaux espaces de noms. Chaque drapeau CLONE_NEW… lui donne sa propre vue d’une chose&#xa0;: montages, numéros de processus (il est le numéro 1), nom d’hôte, utilisateurs et ainsi de suite.</translation>
    </message>
    <message>
        <source>Say who its users are outside ({kind}: {map})</source>
        <translation>Dire qui sont ses utilisateurs au-dehors ({kind}&#xa0;: {map})</translation>
    </message>
    <message>
        <source>Root (0) in the container stands for an ordinary, otherwise unused user of this machine. Whoever would break out has no rights outside.</source>
        <translation>Root (0) dans le conteneur correspond à un utilisateur ordinaire de cette machine, inutilisé par ailleurs. Qui s’échapperait n’aurait aucun droit au-dehors.</translation>
    </message>
    <message>
        <source>Limit {name} to {soft}</source>
        <translation>Limiter {name} à {soft}</translation>
    </message>
    <message>
        <source>A limit for each single process, such as how many files it may have open; its children inherit it.</source>
        <translation>Une limite pour chaque processus, comme le nombre de fichiers qu’il peut ouvrir&#xa0;; ses enfants en héritent.</translation>
    </message>
    <message>
        <source>Set the out-of-memory score to {value}</source>
        <translation>Mettre le score de manque de mémoire à {value}</translation>
    </message>
    <message>
        <source>When the machine&apos;s memory runs out, the kernel ends the process with the highest score.</source>
        <translation>Quand la mémoire de la machine est épuisée, le noyau termine le processus qui a le plus haut score.</translation>
    </message>
    <message>
        <source>Let the container&apos;s process go on</source>
        <translation>Laisser continuer le processus du conteneur</translation>
    </message>
    <message>
        <source>It has waited until what only the outside can do was done: cgroup, user maps, network. The rest it does itself, from inside.</source>
        <translation>Il a attendu que soit fait ce que seul l’extérieur peut faire&#xa0;: cgroup, correspondance des utilisateurs, réseau. Le reste, il le fait lui-même, de l’intérieur.</translation>
    </message>
    <message>
        <source>Begin a session of its own</source>
        <translation>Commencer une session à lui</translation>
    </message>
    <message>
        <source>It leaves the session of the runtime: no signal of a terminal outside reaches the container.</source>
        <translation>Il quitte la session de l’exécuteur&#xa0;: aucun signal d’un terminal du dehors n’atteint le conteneur.</translation>
    </message>
    <message>
        <source>Enter its network namespace</source>
        <translation>Entrer dans son espace de noms réseau</translation>
    </message>
    <message>
        <source>The runtime has made it beforehand, so that the engine could lay the cable meanwhile.</source>
        <translation>L’exécuteur l’a créé d’avance, pour que le moteur puisse poser le câble entre-temps.</translation>
    </message>
    <message>
        <source>Wait for the word to go on</source>
        <translation>Attendre le feu vert</translation>
    </message>
    <message>
        <source>Outside, its user maps, its cgroup and its network are being made ready.</source>
        <translation>Au-dehors, on prépare ses correspondances d’utilisateurs, son cgroup et son réseau.</translation>
    </message>
    <message>
        <source>Wait for the hooks</source>
        <translation>Attendre les hooks</translation>
    </message>
    <message>
        <source>Programs that were asked for run outside before the root is changed.</source>
        <translation>Des programmes demandés s’exécutent au-dehors avant le changement de racine.</translation>
    </message>
    <message>
        <source>Put its files where the root will be ({path})</source>
        <translation>Mettre ses fichiers là où sera la racine ({path})</translation>
    </message>
    <message>
        <source>pivot_root(2) takes only what is mounted: the layers get a mount of their own to stand on.</source>
        <translation>pivot_root(2) ne prend que ce qui est monté&#xa0;: les couches reçoivent un montage à elles.</translation>
    </message>
    <message>
        <source>Set file descriptor {number}</source>
        <translation>Placer le descripteur de fichier {number}</translation>
    </message>
    <message>
        <source>0, 1 and 2 are what a program reads from, writes to and complains to: the log, or the terminal.</source>
        <translation>0, 1 et 2 sont ce dont un programme lit, où il écrit et où il se plaint&#xa0;: le journal, ou le terminal.</translation>
    </message>
    <message>
        <source>Open {file} for the profile</source>
        <translation>Ouvrir {file} pour le profil</translation>
    </message>
    <message>
        <source>It lies in the /proc of the machine, which is gone once the root is changed.</source>
        <translation>Il se trouve dans le /proc de la machine, qui disparaît une fois la racine changée.</translation>
    </message>
    <message>
        <source>Join the cgroup</source>
        <translation>Rejoindre le cgroup</translation>
    </message>
    <message>
        <source>The process writes itself into its group; its children will be born there.</source>
        <translation>Le processus s’inscrit dans son groupe&#xa0;; ses enfants y naîtront.</translation>
    </message>
    <message>
        <source>Become root of the new user namespace</source>
        <translation>Devenir root du nouvel espace de noms d’utilisateurs</translation>
    </message>
    <message>
        <source>By the maps it may be number 0 now: root, but over its own namespaces only.</source>
        <translation>D’après la correspondance, il peut maintenant être le numéro 0&#xa0;: root, mais de ses propres espaces de noms seulement.</translation>
    </message>
    <message>
        <source>Take its cgroup for the root</source>
        <translation>Prendre son cgroup pour racine</translation>
    </message>
    <message>
        <source>In a cgroup namespace the container&apos;s own group looks like the top of the tree: where it really stands is not seen.</source>
        <translation>Dans un espace de noms de cgroups, le groupe du conteneur paraît être le sommet de l’arbre&#xa0;: on ne voit pas où il se trouve vraiment.</translation>
    </message>
    <message>
        <source>Take a new keyring</source>
        <translation>Prendre un nouveau trousseau de clés</translation>
    </message>
    <message>
        <source>The kernel keeps keys for a session, such as those of encrypted folders. The container gets none of the engine&apos;s.</source>
        <translation>Le noyau garde des clés pour une session, par exemple celles de dossiers chiffrés. Le conteneur n’en reçoit aucune du moteur.</translation>
    </message>
    <message>
        <source>Set the hostname {name}</source>
        <translation>Mettre le nom d’hôte {name}</translation>
    </message>
    <message>
        <source>The UTS namespace has a hostname of its own: the machine keeps its name.</source>
        <translation>L’espace de noms UTS a son propre nom d’hôte&#xa0;: la machine garde le sien.</translation>
    </message>
    <message>
        <source>Set the domain name {name}</source>
        <translation>Mettre le nom de domaine {name}</translation>
    </message>
    <message>
        <source>As with the hostname: the UTS namespace has its own.</source>
        <translation>Comme pour le nom d’hôte&#xa0;: l’espace de noms UTS a le sien.</translation>
    </message>
    <message>
        <source>Part its mounts from the machine&apos;s</source>
        <translation>Séparer ses montages de ceux de la machine</translation>
    </message>
    <message>
        <source>The new mount namespace begins as a copy of the old one. From now on, what is mounted in one does not appear in the other.</source>
        <translation>Le nouvel espace de noms de montage commence comme une copie de l’ancien. Dès maintenant, ce qui est monté dans l’un n’apparaît pas dans l’autre.</translation>
    </message>
    <message>
        <source>Make a file system ({type})</source>
        <translation>Créer un système de fichiers ({type})</translation>
    </message>
    <message>
        <source>proc, sysfs and mqueue show the namespaces of whoever makes them: /proc then lists the container&apos;s processes alone. So its own process does it.</source>
        <translation>proc, sysfs et mqueue montrent les espaces de noms de qui les crée&#xa0;: /proc ne liste alors que les processus du conteneur. C’est donc son propre processus qui le fait.</translation>
    </message>
    <message>
        <source>Make its files the root ({how})</source>
        <translation>Faire de ses fichiers la racine ({how})</translation>
    </message>
    <message>
        <source>The layers that lie over each other become /. The old root is let go of: other than with chroot(2), no way leads back.</source>
        <translation>Les couches superposées deviennent /. L’ancienne racine est lâchée&#xa0;: contrairement à chroot(2), aucun chemin n’y ramène.</translation>
    </message>
    <message>
        <source>Mount {type} at {target}</source>
        <translation>Monter {type} en {target}</translation>
    </message>
    <message>
        <source>What was prepared gets its place in the container&apos;s tree: /proc and /dev, volumes, single files such as /etc/hosts.</source>
        <translation>Ce qui a été préparé prend sa place dans l’arbre du conteneur&#xa0;: /proc et /dev, des volumes, des fichiers isolés comme /etc/hosts.</translation>
    </message>
    <message>
        <source>Make {target} read-only</source>
        <translation>Mettre {target} en lecture seule</translation>
    </message>
    <message>
        <source>It shall be seen and not be changed.</source>
        <translation>Il doit être vu et ne pas être modifié.</translation>
    </message>
    <message>
        <source>Make the device {path}</source>
        <translation>Créer le périphérique {path}</translation>
    </message>
    <message>
        <source>/dev has only what is harmless and what programs rely on: null, zero, full, random, urandom, tty.</source>
        <translation>/dev n’a que ce qui est inoffensif et dont les programmes ont besoin&#xa0;: null, zero, full, random, urandom, tty.</translation>
    </message>
    <message>
        <source>Link {path} to {target}</source>
        <translation>Lier {path} à {target}</translation>
    </message>
    <message>
        <source>Programs expect names such as /dev/stdin and /dev/fd; they lead into /proc.</source>
        <translation>Les programmes attendent des noms comme /dev/stdin et /dev/fd&#xa0;; ils mènent dans /proc.</translation>
    </message>
    <message>
        <source>Hide {path}</source>
        <translation>Cacher {path}</translation>
    </message>
    <message>
        <source>It would tell about the machine, or harm it. Something empty is mounted over it.</source>
        <translation>Il en dirait trop sur la machine, ou lui nuirait. Quelque chose de vide est monté par-dessus.</translation>
    </message>
    <message>
        <source>Protect {path}</source>
        <translation>Protéger {path}</translation>
    </message>
    <message>
        <source>Settings of the kernel that are not the container&apos;s alone: they may be read and not be written.</source>
        <translation>Des réglages du noyau qui ne sont pas ceux du seul conteneur&#xa0;: on peut les lire, pas les écrire.</translation>
    </message>
    <message>
        <source>Make the root read-only</source>
        <translation>Mettre la racine en lecture seule</translation>
    </message>
    <message>
        <source>The container was asked for with a read-only root: it writes to volumes and temporary file systems alone.</source>
        <translation>Le conteneur a été demandé avec une racine en lecture seule&#xa0;: il n’écrit que dans des volumes et des systèmes de fichiers temporaires.</translation>
    </message>
    <message>
        <source>Let mounts spread as “{value}”</source>
        <translation>Propager les montages en mode «&#xa0;{value}&#xa0;»</translation>
    </message>
    <message>
        <source>Says whether a mount that is made later on one side appears on the other.</source>
        <translation>Dit si un montage fait plus tard d’un côté apparaît de l’autre.</translation>
    </message>
    <message>
        <source>Make the folder {path}</source>
        <translation>Créer le dossier {path}</translation>
    </message>
    <message>
        <source>A mount, or the program, needs a folder that the image does not have.</source>
        <translation>Un montage, ou le programme, a besoin d’un dossier que l’image n’a pas.</translation>
    </message>
    <message>
        <source>Go to {path}</source>
        <translation>Aller dans {path}</translation>
    </message>
    <message>
        <source>The folder that the program begins in: the image&apos;s WORKDIR, or the one that was asked for.</source>
        <translation>Le dossier où le programme commence&#xa0;: le WORKDIR de l’image, ou celui qui a été demandé.</translation>
    </message>
    <message>
        <source>Open a terminal</source>
        <translation>Ouvrir un terminal</translation>
    </message>
    <message>
        <source>The container has terminals of its own (devpts). The runtime holds the other end and hands on what is typed and shown.</source>
        <translation>Le conteneur a ses propres terminaux (devpts). L’exécuteur tient l’autre bout et transmet ce qui est tapé et affiché.</translation>
    </message>
    <message>
        <source>Set the umask to {value}</source>
        <translation>Mettre l’umask à {value}</translation>
    </message>
    <message>
        <source>Which permissions new files do not get.</source>
        <translation>Les permissions que les nouveaux fichiers ne reçoivent pas.</translation>
    </message>
    <message>
        <source>Close what is still open, from {from} on</source>
        <translation>Fermer ce qui est encore ouvert, à partir de {from}</translation>
    </message>
    <message>
        <source>Open files are inherited by the program that is executed. One that is left open could be a way out.</source>
        <translation>Le programme exécuté hérite des fichiers ouverts. Un seul oublié pourrait être une sortie.</translation>
    </message>
    <message>
        <source>Give up capabilities for good</source>
        <translation>Renoncer pour de bon à des capacités</translation>
    </message>
    <message>
        <source>Root&apos;s power is divided into some forty capabilities. What is dropped from the bounding set cannot be had again, not even by a set-uid program.</source>
        <translation>Le pouvoir de root est divisé en une quarantaine de capacités. Ce qui est ôté de l’ensemble limitant ne peut plus être obtenu, même par un programme set-uid.</translation>
    </message>
    <message>
        <source>Become user {uid}, group {gid}</source>
        <translation>Devenir l’utilisateur {uid}, groupe {gid}</translation>
    </message>
    <message>
        <source>The user of the image or of the options. Everything up to here was done as root of the container.</source>
        <translation>L’utilisateur de l’image ou des options. Tout jusqu’ici a été fait en tant que root du conteneur.</translation>
    </message>
    <message>
        <source>Keep only the capabilities that are wanted</source>
        <translation>Ne garder que les capacités voulues</translation>
    </message>
    <message>
        <source>What the process may do beyond an ordinary user: for example bind a low port, and not set the clock.</source>
        <translation>Ce que le processus peut faire de plus qu’un utilisateur ordinaire&#xa0;: par exemple ouvrir un port bas, mais pas régler l’horloge.</translation>
    </message>
    <message>
        <source>Rule out that rights grow</source>
        <translation>Exclure que les droits augmentent</translation>
    </message>
    <message>
        <source>From now on no program that is executed gives more rights than there are: set-uid bits count no more.</source>
        <translation>Dès maintenant, aucun programme exécuté ne donne plus de droits qu’il n’y en a&#xa0;: les bits set-uid ne comptent plus.</translation>
    </message>
    <message>
        <source>Load the filter of system calls ({rules} rules)</source>
        <translation>Charger le filtre d’appels système ({rules} règles)</translation>
    </message>
    <message>
        <source>A small program that the kernel asks at each system call. Calls that containers do not need are refused: what cannot be called cannot be attacked.</source>
        <translation>Un petit programme que le noyau consulte à chaque appel système. Les appels dont un conteneur n’a pas besoin sont refusés&#xa0;: ce qu’on ne peut appeler, on ne peut l’attaquer.</translation>
    </message>
    <message>
        <source>Set the personality {value}</source>
        <translation>Mettre la personnalité {value}</translation>
    </message>
    <message>
        <source>Lets the kernel behave as another machine would, such as a 32-bit one.</source>
        <translation>Fait se comporter le noyau comme une autre machine, par exemple à 32 bits.</translation>
    </message>
    <message>
        <source>Find the home folder</source>
        <translation>Trouver le dossier personnel</translation>
    </message>
    <message>
        <source>HOME comes from the container&apos;s own /etc/passwd: only there its users have names.</source>
        <translation>HOME vient du /etc/passwd du conteneur&#xa0;: ses utilisateurs n’ont de noms que là.</translation>
    </message>
    <message>
        <source>Find the program {program}</source>
        <translation>Trouver le programme {program}</translation>
    </message>
    <message>
        <source>It is looked for in the PATH of the container, among its own files.</source>
        <translation>Il est cherché dans le PATH du conteneur, parmi ses propres fichiers.</translation>
    </message>
    <message>
        <source>Ask for the profile {value}</source>
        <translation>Demander le profil {value}</translation>
    </message>
    <message>
        <source>A security module (AppArmor or SELinux) holds the program to this profile from the moment it is executed.</source>
        <translation>Un module de sécurité (AppArmor ou SELinux) tient le programme à ce profil dès son exécution.</translation>
    </message>
    <message>
        <source>Run the hook {path}</source>
        <translation>Exécuter le hook {path}</translation>
    </message>
    <message>
        <source>Something that was asked for is run at this point of the making.</source>
        <translation>Quelque chose qui a été demandé est exécuté à ce point de la fabrication.</translation>
    </message>
    <message>
        <source>Wait for the start</source>
        <translation>Attendre le démarrage</translation>
    </message>
    <message>
        <source>The container is made, and its program is not running yet: “create” ends here, “start” lets it go on.</source>
        <translation>Le conteneur est fait, et son programme ne tourne pas encore&#xa0;: «&#xa0;create&#xa0;» s’arrête ici, «&#xa0;start&#xa0;» le laisse continuer.</translation>
    </message>
    <message>
        <source>Become {program}</source>
        <translation>Devenir {program}</translation>
    </message>
    <message>
        <source>The program takes the place of the runtime&apos;s code in this process. It stays number 1 of its namespace, and all that was set up above stays in force.</source>
        <translation>Le programme prend la place du code de l’exécuteur dans ce processus. Il reste le numéro 1 de son espace de noms, et tout ce qui a été mis en place plus haut reste en vigueur.</translation>
    </message>
    <message>
        <source>mounts and files</source>
        <translation>montages et fichiers</translation>
    </message>
    <message>
        <source>network</source>
        <translation>réseau</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>limites</translation>
    </message>
    <message>
        <source>rights</source>
        <translation>droits</translation>
    </message>
    <message>
        <source>process</source>
        <translation>processus</translation>
    </message>
    <message>
        <source>other</source>
        <translation>autre</translation>
    </message>
    <message>
        <source>the engine</source>
        <translation>le moteur</translation>
    </message>
    <message>
        <source>the runtime</source>
        <translation>l’exécuteur</translation>
    </message>
    <message>
        <source>the container&apos;s process</source>
        <translation>le processus du conteneur</translation>
    </message>
    <message>
        <source>reused</source>
        <translation>réutilisé</translation>
    </message>
    <message>
        <source>Let the program begin</source>
        <translation>Laisser commencer le programme</translation>
    </message>
    <message>
        <source>The container is made and waits. The word to go on comes when all that was still to be done outside is done.</source>
        <translation>Le conteneur est fait et attend. Le feu vert vient quand tout ce qui restait à faire au-dehors est fait.</translation>
    </message>
</context>
<context>
    <name>MakingView</name>
    <message>
        <source>How %1 was made</source>
        <translation>Comment %1 a été fabriqué</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1&#xa0;: %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n step(s), %2</source>
        <translation>
            <numerusform>%1&#xa0;: %n étape, %2</numerusform>
            <numerusform>%1&#xa0;: %n étapes, %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Longest:</source>
        <translation>Les plus longues&#xa0;:</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>From nothing to a running container</source>
        <translation>De rien à un conteneur qui tourne</translation>
    </message>
    <message numerus="yes">
        <source>This is what was really done when %1 was started last: %n step(s) in &lt;b&gt;%2&lt;/b&gt;, some %3 system calls.</source>
        <translation>
            <numerusform>Voici ce qui a vraiment été fait au dernier démarrage de %1&#xa0;: %n étape en &lt;b&gt;%2&lt;/b&gt;, environ %3 appels système.</numerusform>
            <numerusform>Voici ce qui a vraiment été fait au dernier démarrage de %1&#xa0;: %n étapes en &lt;b&gt;%2&lt;/b&gt;, environ %3 appels système.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no “create a container” in the kernel. The &lt;b&gt;engine&lt;/b&gt; prepares files and network, the &lt;b&gt;runtime&lt;/b&gt; makes a process in new namespaces (clone3), and this &lt;b&gt;process&lt;/b&gt; furnishes its own world from inside, gives up its rights and becomes the program (execve). All of it can be done by hand: choose a step to see how.</source>
        <translation>Le noyau n’a pas d’appel «&#xa0;créer un conteneur&#xa0;». Le &lt;b&gt;moteur&lt;/b&gt; prépare les fichiers et le réseau, l’&lt;b&gt;exécuteur&lt;/b&gt; crée un processus dans de nouveaux espaces de noms (clone3), et ce &lt;b&gt;processus&lt;/b&gt; aménage son monde de l’intérieur, renonce à ses droits et devient le programme (execve). Tout cela peut se faire à la main&#xa0;: choisissez une étape pour voir comment.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) had been done before, for another container, and took no time.</source>
        <translation>
            <numerusform>%n étape avait déjà été faite pour un autre conteneur, et n’a pris aucun temps.</numerusform>
            <numerusform>%n étapes avaient déjà été faites pour un autre conteneur, et n’ont pris aucun temps.</numerusform>
        </translation>
    </message>
    <message>
        <source>Time runs to the right. Steps too short to be seen are drawn wider than they are.</source>
        <translation>Le temps va vers la droite. Les étapes trop courtes pour être vues sont dessinées plus larges qu’elles ne sont.</translation>
    </message>
    <message>
        <source>it was there already, from an earlier container</source>
        <translation>c’était déjà là, d’un conteneur précédent</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non mesuré</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>a pris %1</translation>
    </message>
    <message>
        <source>By %1, %2 after the first step; %3.</source>
        <translation>Par %1, %2 après la première étape&#xa0;; %3.</translation>
    </message>
    <message>
        <source>To read: %1</source>
        <translation>À lire&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>MountText</name>
    <message>
        <source>the processes of its pid namespace, as files</source>
        <translation>les processus de son espace de noms pid, sous forme de fichiers</translation>
    </message>
    <message>
        <source>a part of /proc once more, read-only</source>
        <translation>une partie de /proc encore une fois, en lecture seule</translation>
    </message>
    <message>
        <source>the kernel&apos;s devices, as files</source>
        <translation>les périphériques du noyau, sous forme de fichiers</translation>
    </message>
    <message>
        <source>its limits and use, as files</source>
        <translation>ses limites et sa consommation, sous forme de fichiers</translation>
    </message>
    <message>
        <source>its terminals</source>
        <translation>ses terminaux</translation>
    </message>
    <message>
        <source>the message queues of its ipc namespace</source>
        <translation>les files de messages de son espace de noms ipc</translation>
    </message>
    <message>
        <source>memory, with the few devices it may have</source>
        <translation>de la mémoire, avec les quelques périphériques permis</translation>
    </message>
    <message>
        <source>memory that its processes share</source>
        <translation>de la mémoire que ses processus partagent</translation>
    </message>
    <message>
        <source>a mask: an empty folder over what is not to be seen</source>
        <translation>un masque&#xa0;: un dossier vide sur ce qui ne doit pas se voir</translation>
    </message>
    <message>
        <source>a mask: an empty file over what is not to be read</source>
        <translation>un masque&#xa0;: un fichier vide sur ce qui ne doit pas se lire</translation>
    </message>
    <message>
        <source>a device of this machine</source>
        <translation>un périphérique de cette machine</translation>
    </message>
    <message>
        <source>a secret, kept in memory</source>
        <translation>un secret, gardé en mémoire</translation>
    </message>
    <message>
        <source>memory, gone when the container ends</source>
        <translation>de la mémoire, perdue à la fin du conteneur</translation>
    </message>
    <message numerus="yes">
        <source>%n layers of the image, the container&apos;s own on top</source>
        <translation>
            <numerusform>%n couche de l’image, celle du conteneur par-dessus</numerusform>
            <numerusform>%n couches de l’image, celle du conteneur par-dessus</numerusform>
        </translation>
    </message>
    <message>
        <source>the image&apos;s layers, the container&apos;s own on top</source>
        <translation>les couches de l’image, celle du conteneur par-dessus</translation>
    </message>
    <message>
        <source>layers on each other</source>
        <translation>des couches empilées</translation>
    </message>
    <message>
        <source>a file that the engine has written for it</source>
        <translation>un fichier que le moteur a écrit pour lui</translation>
    </message>
    <message>
        <source>the volume %1</source>
        <translation>le volume %1</translation>
    </message>
    <message>
        <source>the root of all its files</source>
        <translation>la racine de tous ses fichiers</translation>
    </message>
    <message>
        <source>%1 of this machine (a bind mount)</source>
        <translation>%1 de cette machine (montage lié)</translation>
    </message>
    <message>
        <source>Nobody reaches it by its path: another mount lies over it.</source>
        <translation>Personne ne l’atteint par son chemin&#xa0;: un autre montage le recouvre.</translation>
    </message>
    <message>
        <source>Nobody reaches it by its path: the mount of %1 on %2 came later and lies over it.</source>
        <translation>Personne ne l’atteint par son chemin&#xa0;: le montage de %1 sur %2 est venu après et le recouvre.</translation>
    </message>
    <message>
        <source>It is mounted read-only: the kernel refuses to write (EROFS), whoever asks.</source>
        <translation>Il est monté en lecture seule&#xa0;: le noyau refuse d’écrire (EROFS), qui que ce soit qui le demande.</translation>
    </message>
    <message>
        <source>It is a part of the machine&apos;s file system on %1: both see the same files.</source>
        <translation>C’est une partie du système de fichiers de la machine sur %1&#xa0;: les deux voient les mêmes fichiers.</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Propriété</translation>
    </message>
    <message>
        <source>As the kernel says it</source>
        <translation>Tel que le noyau le dit</translation>
    </message>
    <message>
        <source>type</source>
        <translation>type</translation>
    </message>
    <message>
        <source>source</source>
        <translation>source</translation>
    </message>
    <message>
        <source>folder of it</source>
        <translation>dossier montré</translation>
    </message>
    <message>
        <source>options</source>
        <translation>options</translation>
    </message>
    <message>
        <source>of the file system</source>
        <translation>du système de fichiers</translation>
    </message>
    <message>
        <source>propagation</source>
        <translation>propagation</translation>
    </message>
    <message>
        <source>private: later mounts stay on their side</source>
        <translation>privé&#xa0;: les montages suivants restent de leur côté</translation>
    </message>
    <message>
        <source>%1 of this machine</source>
        <translation>%1 de cette machine</translation>
    </message>
    <message>
        <source>A file system of type %1, of %2. The container does not see it here, but parts of it where a line leads.</source>
        <translation>Un système de fichiers de type %1, de %2. Le conteneur ne le voit pas ici, mais en voit des parties là où mène un trait.</translation>
    </message>
    <message>
        <source>Its tree of files</source>
        <translation>Son arbre de fichiers</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n mounts, each of which puts a file system on a folder.</source>
        <translation>
            <numerusform>%1 a %n montage, qui pose un système de fichiers sur un dossier.</numerusform>
            <numerusform>%1 a %n montages, dont chacun pose un système de fichiers sur un dossier.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The engine made them in a new mount namespace, then moved the root there (pivot_root) and took away all the machine&apos;s: %n file systems that are not seen inside.</source>
        <translation>
            <numerusform>Le moteur les a faits dans un nouvel espace de noms de montage, y a déplacé la racine (pivot_root) et a retiré tout ce qui est à la machine&#xa0;: %n système de fichiers qui ne se voit pas de l’intérieur.</numerusform>
            <numerusform>Le moteur les a faits dans un nouvel espace de noms de montage, y a déplacé la racine (pivot_root) et a retiré tout ce qui est à la machine&#xa0;: %n systèmes de fichiers qui ne se voient pas de l’intérieur.</numerusform>
        </translation>
    </message>
    <message>
        <source>A later mount on the same folder hides what was there. So single files of /proc are masked: an empty one lies over them.</source>
        <translation>Un montage ultérieur sur le même dossier cache ce qui s’y trouvait. C’est ainsi que certains fichiers de /proc sont masqués&#xa0;: un fichier vide les recouvre.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them are hidden as a whole; they are drawn dashed.</source>
        <translation>
            <numerusform>%n d’entre eux est entièrement caché&#xa0;; il est dessiné en tirets.</numerusform>
            <numerusform>%n d’entre eux sont entièrement cachés&#xa0;; ils sont dessinés en tirets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MountsView</name>
    <message>
        <source>hidden</source>
        <translation>caché</translation>
    </message>
    <message>
        <source>hidden by %1 at %2</source>
        <translation>caché par %1 sur %2</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>lecture seule</translation>
    </message>
    <message>
        <source>writable</source>
        <translation>modifiable</translation>
    </message>
    <message>
        <source>%1: %2, %3; %4.</source>
        <translation>%1&#xa0;: %2, %3&#xa0;; %4.</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Sur cet ordinateur</translation>
    </message>
    <message>
        <source>%1 of this machine, %2 of %3.</source>
        <translation>%1 de cette machine, %2 de %3.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more that it sees nothing of</source>
        <translation>
            <numerusform>et %n autre dont il ne voit rien</numerusform>
            <numerusform>et %n autres dont il ne voit rien</numerusform>
        </translation>
    </message>
    <message>
        <source>Mounts of %1</source>
        <translation>Montages de %1</translation>
    </message>
    <message>
        <source>Inside %1</source>
        <translation>À l’intérieur de %1</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Ce que c’est</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Options</translation>
    </message>
</context>
<context>
    <name>NamespaceText</name>
    <message>
        <source>Mounts</source>
        <translation>Montages</translation>
    </message>
    <message>
        <source>Process numbers</source>
        <translation>Numéros de processus</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Nom d’hôte</translation>
    </message>
    <message>
        <source>Shared memory and queues</source>
        <translation>Mémoire partagée et files</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Users and rights</source>
        <translation>Utilisateurs et droits</translation>
    </message>
    <message>
        <source>View of the cgroups</source>
        <translation>Vue des cgroups</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Horloges</translation>
    </message>
    <message>
        <source>Which file systems there are, and at which path: a tree of files of its own.</source>
        <translation>Quels systèmes de fichiers il y a, et à quel chemin&#xa0;: un arbre de fichiers à soi.</translation>
    </message>
    <message>
        <source>Processes count from 1 and see those inside alone. Each one has a number outside, too: it is the same process.</source>
        <translation>Les processus se comptent à partir de 1 et ne voient que ceux de l’intérieur. Chacun a aussi un numéro à l’extérieur&#xa0;: c’est le même processus.</translation>
    </message>
    <message>
        <source>A host name and a domain name of its own. Whoever changes them here changes them for nobody else.</source>
        <translation>Un nom d’hôte et un nom de domaine à soi. Qui les change ici ne les change pour personne d’autre.</translation>
    </message>
    <message>
        <source>Shared memory, semaphores and message queues that are found by a number or a name, not by a file&apos;s path.</source>
        <translation>Mémoire partagée, sémaphores et files de messages que l’on trouve par un numéro ou un nom, non par le chemin d’un fichier.</translation>
    </message>
    <message>
        <source>Interfaces, addresses, routes, firewall rules and ports of its own; even its own 127.0.0.1.</source>
        <translation>Interfaces, adresses, routes, règles de pare-feu et ports à soi&#xa0;; et même son propre 127.0.0.1.</translation>
    </message>
    <message>
        <source>User and group ids of its own, each of which is another id outside. Root in here may do things in here, and is nobody out there.</source>
        <translation>Des identifiants d’utilisateurs et de groupes à soi, dont chacun est un autre numéro à l’extérieur. Root ici a des droits ici, et n’est personne dehors.</translation>
    </message>
    <message>
        <source>Its own cgroup looks like the root of the tree; what lies above is not seen. The limits above hold all the same.</source>
        <translation>Son propre cgroup paraît être la racine de l’arbre&#xa0;; ce qui est au-dessus ne se voit pas. Les limites du dessus valent quand même.</translation>
    </message>
    <message>
        <source>The clocks that count since the machine&apos;s start can begin elsewhere. The date is the same for all.</source>
        <translation>Les horloges qui comptent depuis le démarrage de la machine peuvent commencer ailleurs. La date est la même pour tous.</translation>
    </message>
    <message>
        <source>They see the same files, and what one mounts the other sees.</source>
        <translation>Ils voient les mêmes fichiers, et ce que l’un monte, l’autre le voit.</translation>
    </message>
    <message>
        <source>They see each other&apos;s processes, under the same numbers.</source>
        <translation>Ils voient les processus l’un de l’autre, sous les mêmes numéros.</translation>
    </message>
    <message>
        <source>They have the same host name.</source>
        <translation>Ils ont le même nom d’hôte.</translation>
    </message>
    <message>
        <source>They find each other&apos;s shared memory and queues.</source>
        <translation>Ils trouvent la mémoire partagée et les files l’un de l’autre.</translation>
    </message>
    <message>
        <source>They have the same addresses, and reach each other on 127.0.0.1; a port can be taken by one of them only.</source>
        <translation>Ils ont les mêmes adresses et se joignent par 127.0.0.1&#xa0;; un port ne peut être pris que par l’un d’eux.</translation>
    </message>
    <message>
        <source>A user id means the same to both, and so does a capability.</source>
        <translation>Un identifiant d’utilisateur veut dire la même chose pour les deux, une capacité aussi.</translation>
    </message>
    <message>
        <source>They see the same tree of cgroups.</source>
        <translation>Ils voient le même arbre de cgroups.</translation>
    </message>
    <message>
        <source>Their clocks say the same.</source>
        <translation>Leurs horloges disent la même chose.</translation>
    </message>
</context>
<context>
    <name>NamespacesText</name>
    <message>
        <source>A container is processes in namespaces</source>
        <translation>Un conteneur, ce sont des processus dans des espaces de noms</translation>
    </message>
    <message>
        <source>There is one kernel, and all processes here are its own. A namespace is what makes one of them see a machine of its own: each kind hides one thing.</source>
        <translation>Il y a un seul noyau, et tous les processus d’ici sont les siens. C’est un espace de noms qui fait voir à l’un d’eux une machine à lui&#xa0;: chaque type cache une chose.</translation>
    </message>
    <message>
        <source>Filled boxes are namespaces that a container has for itself. Dashed ones it shares with the machine or with another container. The number is the namespace&apos;s name in the kernel: who has the same number is in the same one.</source>
        <translation>Les boîtes pleines sont des espaces de noms que le conteneur a pour lui seul. Celles en tirets, il les partage avec la machine ou un autre conteneur. Le nombre est le nom de l’espace dans le noyau&#xa0;: qui a le même nombre est dans le même.</translation>
    </message>
    <message>
        <source>Choose a box to read what it isolates and what is in it now.</source>
        <translation>Choisissez une boîte pour lire ce qu’elle isole et ce qu’elle contient en ce moment.</translation>
    </message>
    <message>
        <source>This kernel has no such namespaces: all share the machine&apos;s.</source>
        <translation>Ce noyau n’a pas de tels espaces de noms&#xa0;: tous partagent celui de la machine.</translation>
    </message>
    <message>
        <source>This is the machine&apos;s own, number %1.</source>
        <translation>C’est celui de la machine, numéro %1.</translation>
    </message>
    <message>
        <source>%1 has none of its own: it shares the machine&apos;s, number %2.</source>
        <translation>%1 n’en a pas à lui&#xa0;: il partage celui de la machine, numéro %2.</translation>
    </message>
    <message>
        <source>%1 has joined that of %2, number %3.</source>
        <translation>%1 a rejoint celui de %2, numéro %3.</translation>
    </message>
    <message>
        <source>%1 has one for itself, number %2.</source>
        <translation>%1 en a un pour lui seul, numéro %2.</translation>
    </message>
    <message>
        <source>Also in it: %1.</source>
        <translation>S’y trouvent aussi&#xa0;: %1.</translation>
    </message>
    <message>
        <source>shared memory</source>
        <translation>mémoire partagée</translation>
    </message>
    <message>
        <source>semaphores</source>
        <translation>sémaphores</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>messages</translation>
    </message>
    <message>
        <source>message queue</source>
        <translation>file de messages</translation>
    </message>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n processus</numerusform>
            <numerusform>%n processus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n semaphores</source>
        <translation>
            <numerusform>%n sémaphore</numerusform>
            <numerusform>%n sémaphores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message>
        <source>No process has made anything in it yet.</source>
        <translation>Aucun processus n’y a encore rien créé.</translation>
    </message>
    <message>
        <source>In it now</source>
        <translation>Son contenu actuel</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Utilisée par</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n de plus</numerusform>
            <numerusform>et %n de plus</numerusform>
        </translation>
    </message>
    <message>
        <source>up</source>
        <translation>active</translation>
    </message>
    <message>
        <source>down</source>
        <translation>inactive</translation>
    </message>
    <message>
        <source>Its interfaces</source>
        <translation>Ses interfaces</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Intérieur</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Sur cet ordinateur</translation>
    </message>
    <message>
        <source>Users and groups</source>
        <translation>Utilisateurs et groupes</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Utilisateurs</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>The view “User ids” draws it.</source>
        <translation>La vue «&#xa0;Identifiants d’utilisateurs&#xa0;» le dessine.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>No clock is shifted in it.</source>
        <translation>Aucune horloge n’y est décalée.</translation>
    </message>
    <message>
        <source>Shifted by</source>
        <translation>Décalages</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Horloge</translation>
    </message>
    <message>
        <source>By</source>
        <translation>De</translation>
    </message>
    <message numerus="yes">
        <source>It has %n mounts.</source>
        <translation>
            <numerusform>Il a %n montage.</numerusform>
            <numerusform>Il a %n montages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them cannot be reached: another one lies over them.</source>
        <translation>
            <numerusform>%n d’entre eux ne peut être atteint&#xa0;: un autre le recouvre.</numerusform>
            <numerusform>%n d’entre eux ne peuvent être atteints&#xa0;: un autre les recouvre.</numerusform>
        </translation>
    </message>
    <message>
        <source>The view “Mounts” draws them as a tree.</source>
        <translation>La vue «&#xa0;Montages&#xa0;» les dessine en arbre.</translation>
    </message>
    <message>
        <source>Its cgroup</source>
        <translation>Son cgroup</translation>
    </message>
    <message>
        <source>Seen from inside</source>
        <translation>Vu de l’intérieur</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Processes in it</source>
        <translation>Les processus qui y sont</translation>
    </message>
    <message>
        <source>In one made inside of it, %1</source>
        <translation>Dans un espace créé à l’intérieur, %1</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Nom d’hôte</translation>
    </message>
    <message>
        <source>Domain name</source>
        <translation>Nom de domaine</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1: a kind of namespace, &quot;net&quot;; %2: what it is called, &quot;Network&quot;.</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>One process with %n numbers, from the inside outward: %1. Each pid namespace around it counts it, none further in does.</source>
        <translation>
            <numerusform>Un processus avec %n numéro, de l’intérieur vers l’extérieur&#xa0;: %1. Chaque espace de noms pid qui l’entoure le compte, aucun plus à l’intérieur ne le compte.</numerusform>
            <numerusform>Un processus avec %n numéros, de l’intérieur vers l’extérieur&#xa0;: %1. Chaque espace de noms pid qui l’entoure le compte, aucun plus à l’intérieur ne le compte.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is the first one inside: when it ends, the kernel ends all others in there.</source>
        <translation>C’est le premier à l’intérieur&#xa0;: quand il se termine, le noyau termine tous les autres qui y sont.</translation>
    </message>
    <message>
        <source>Its number is %1 for all who see it.</source>
        <translation>Son numéro est %1 pour tous ceux qui le voient.</translation>
    </message>
    <message>
        <source>It has started the container, keeps its output, and waits for its end. It stays outside, so the container does not see it.</source>
        <translation>Il a démarré le conteneur, garde sa sortie et attend sa fin. Il reste dehors, le conteneur ne le voit donc pas.</translation>
    </message>
    <message>
        <source>It makes containers when it is asked to; they run on without it.</source>
        <translation>Il fait des conteneurs quand on le lui demande&#xa0;; ils tournent ensuite sans lui.</translation>
    </message>
    <message>
        <source>It is an ordinary process of yours: what is shown here the engine reads for it.</source>
        <translation>C’est un de vos processus ordinaires&#xa0;: ce qui est montré ici, le moteur le lit pour lui.</translation>
    </message>
    <message>
        <source>It has ended, and waits for its parent to ask how: a zombie. It takes a number and nothing else.</source>
        <translation>Il est terminé et attend que son parent demande comment&#xa0;: un zombie. Il prend un numéro et rien d’autre.</translation>
    </message>
    <message>
        <source>User id on this machine: %1, group id: %2.</source>
        <translation>Identifiant d’utilisateur sur cette machine&#xa0;: %1, de groupe&#xa0;: %2.</translation>
    </message>
    <message>
        <source>It has left the container&apos;s namespaces of these kinds: %1.</source>
        <translation>Il a quitté les espaces de noms du conteneur de ces types&#xa0;: %1.</translation>
    </message>
    <message>
        <source>To the kernel there is no container: there are these processes, and what they are in.</source>
        <translation>Pour le noyau il n’y a pas de conteneur&#xa0;: il y a ces processus, et ce dans quoi ils sont.</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Espace de noms</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>À qui</translation>
    </message>
</context>
<context>
    <name>NamespacesView</name>
    <message>
        <source>%1: process %2. %3</source>
        <translation>%1&#xa0;: processus %2. %3</translation>
    </message>
    <message>
        <source>%1: process %2, from the inside outward. %3</source>
        <translation>%1&#xa0;: processus %2, de l’intérieur vers l’extérieur. %3</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>cette machine</translation>
    </message>
    <message>
        <source>%1, %2 namespace (%3): %4, number %5.</source>
        <translation>%1, espace de noms %2 (%3)&#xa0;: %4, numéro %5.</translation>
    </message>
    <message>
        <source>(zombie)</source>
        <translation>(zombie)</translation>
    </message>
    <message>
        <source>own %1</source>
        <extracomment>After a process&apos;s name; %1: kinds of namespaces, &quot;mnt, net&quot;.</extracomment>
        <translation>%1 à part</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n de plus</numerusform>
            <numerusform>et %n de plus</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Container %1, %n processes.</source>
        <translation>
            <numerusform>Conteneur %1, %n processus.</numerusform>
            <numerusform>Conteneur %1, %n processus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Processes: number inside ⇄ on this machine</source>
        <translation>Processus&#xa0;: numéro à l’intérieur ⇄ sur cette machine</translation>
    </message>
    <message>
        <source>pid namespace made inside, %1</source>
        <translation>espace de noms pid créé à l’intérieur, %1</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Cette machine</translation>
    </message>
    <message numerus="yes">
        <source>This machine, with %n running containers.</source>
        <translation>
            <numerusform>Cette machine, avec %n conteneur qui tourne.</numerusform>
            <numerusform>Cette machine, avec %n conteneurs qui tournent.</numerusform>
        </translation>
    </message>
    <message>
        <source>No container runs.</source>
        <translation>Aucun conteneur ne tourne.</translation>
    </message>
    <message>
        <source>Namespaces of this machine and of its containers</source>
        <translation>Espaces de noms de cette machine et de ses conteneurs</translation>
    </message>
    <message>
        <source>%1 inside</source>
        <extracomment>A process&apos;s number inside of its container.</extracomment>
        <translation>%1 à l’intérieur</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>propre</translation>
    </message>
    <message>
        <source>the machine&apos;s</source>
        <translation>de la machine</translation>
    </message>
    <message>
        <source>%1&apos;s</source>
        <extracomment>A namespace of the container of that name.</extracomment>
        <translation>de %1</translation>
    </message>
    <message>
        <source>none here</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Whose, and inside</source>
        <translation>À qui, ou à l’intérieur</translation>
    </message>
</context>
<context>
    <name>NetworkCommands</name>
    <message>
        <source>The bridge: a switch in the kernel, and this machine&apos;s own address on it, the gateway</source>
        <translation>Le pont&#xa0;: un commutateur dans le noyau, et l’adresse de cet ordinateur dessus, la passerelle</translation>
    </message>
    <message>
        <source>Internal: nothing is forwarded out of it or into it</source>
        <translation>Interne&#xa0;: rien n’est transmis vers l’extérieur ni depuis</translation>
    </message>
    <message>
        <source>The way out: packets are forwarded, and leave with this machine&apos;s address</source>
        <translation>La sortie&#xa0;: les paquets sont transmis, et partent avec l’adresse de cet ordinateur</translation>
    </message>
    <message>
        <source>No inter-container communication: its ports are isolated from each other</source>
        <translation>Pas de communication entre conteneurs&#xa0;: ses ports sont isolés les uns des autres</translation>
    </message>
    <message>
        <source>The parent&apos;s VLAN</source>
        <translation>Le VLAN de l’interface parente</translation>
    </message>
    <message>
        <source>%1: an interface in its network namespace</source>
        <translation>%1&#xa0;: une interface dans son espace de noms réseau</translation>
    </message>
    <message>
        <source>What docker users write</source>
        <translation>Ce qu’écrivent les utilisateurs de docker</translation>
    </message>
</context>
<context>
    <name>NetworkText</name>
    <message>
        <source>internal</source>
        <translation>interne</translation>
    </message>
    <message>
        <source>no ICC</source>
        <translation>sans ICC</translation>
    </message>
    <message>
        <source>no masquerade</source>
        <translation>sans mascarade</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Containers that name no network get this one; it has no names.</source>
        <translation>Les conteneurs qui ne nomment pas de réseau reçoivent celui-ci&#xa0;; il n’a pas de noms.</translation>
    </message>
    <message>
        <source>Internal: no way out of this machine.</source>
        <translation>Interne&#xa0;: pas de sortie de cet ordinateur.</translation>
    </message>
    <message>
        <source>No inter-container communication: its containers do not reach each other.</source>
        <translation>Pas de communication entre conteneurs&#xa0;: ils ne se joignent pas.</translation>
    </message>
    <message>
        <source>No masquerade: packets leave with the container&apos;s own address.</source>
        <translation>Sans mascarade&#xa0;: les paquets sortent avec l’adresse du conteneur.</translation>
    </message>
    <message>
        <source>IPv6 beside IPv4.</source>
        <translation>IPv6 en plus d’IPv4.</translation>
    </message>
    <message>
        <source>%1, network of the driver %2, %3</source>
        <translation>%1, réseau du pilote %2, %3</translation>
    </message>
    <message>
        <source>nobody is in it</source>
        <translation>il n’y a personne</translation>
    </message>
    <message>
        <source>with %1</source>
        <translation>avec %1</translation>
    </message>
    <message>
        <source>warning: %1</source>
        <translation>avertissement&#xa0;: %1</translation>
    </message>
    <message>
        <source>This machine only</source>
        <translation>Cet ordinateur seulement</translation>
    </message>
    <message>
        <source>The local network</source>
        <translation>Le réseau local</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>It is published on the loopback address, which no other machine reaches.</source>
        <translation>Il est publié sur l’adresse de boucle locale, qu’aucune autre machine n’atteint.</translation>
    </message>
    <message>
        <source>The firewall of this machine drops what comes from outside, in its chain %1.</source>
        <translation>Le pare-feu de cet ordinateur rejette ce qui vient de l’extérieur, dans sa chaîne %1.</translation>
    </message>
    <message>
        <source>It is published on a private address: the local network gets there, the Internet does not, unless a router forwards it.</source>
        <translation>Il est publié sur une adresse privée&#xa0;: le réseau local y parvient, Internet non, sauf si un routeur le transmet.</translation>
    </message>
    <message>
        <source>This machine has private addresses only: the local network gets there, the Internet does not, unless a router forwards it.</source>
        <translation>Cet ordinateur n’a que des adresses privées&#xa0;: le réseau local y parvient, Internet non, sauf si un routeur le transmet.</translation>
    </message>
    <message>
        <source>This machine has a public address, and nothing holds it back: the whole Internet gets there.</source>
        <translation>Cet ordinateur a une adresse publique, et rien ne l’arrête&#xa0;: tout Internet y parvient.</translation>
    </message>
    <message>
        <source>The firewall&apos;s chain %1 drops by default, but published ports do not pass it: they are forwarded before.</source>
        <translation>La chaîne %1 du pare-feu rejette par défaut, mais les ports publiés n’y passent pas&#xa0;: ils sont transmis avant.</translation>
    </message>
    <message>
        <source>This is not certain: the firewall has rules that depend on more than the port.</source>
        <translation>Ce n’est pas certain&#xa0;: le pare-feu a des règles qui dépendent de plus que du port.</translation>
    </message>
    <message>
        <source>%1 M packets/s</source>
        <translation>%1 M paquets/s</translation>
    </message>
    <message>
        <source>%1 k packets/s</source>
        <translation>%1 k paquets/s</translation>
    </message>
    <message>
        <source>%1 packets/s</source>
        <translation>%1 paquets/s</translation>
    </message>
</context>
<context>
    <name>OptionChoice</name>
    <message>
        <source>Those of another container</source>
        <translation>Ceux d’un autre conteneur</translation>
    </message>
    <message>
        <source>Leave it stopped</source>
        <translation>Le laisser arrêté</translation>
    </message>
    <message>
        <source>Start it again after a failure</source>
        <translation>Le redémarrer après un échec</translation>
    </message>
    <message>
        <source>Start it again unless you stopped it</source>
        <translation>Le redémarrer sauf si vous l’avez arrêté</translation>
    </message>
    <message>
        <source>Always start it again</source>
        <translation>Toujours le redémarrer</translation>
    </message>
    <message>
        <source>Bridge: an address of its own and a way out</source>
        <translation>Pont&#xa0;: une adresse à lui et un accès vers l’extérieur</translation>
    </message>
    <message>
        <source>None: cut off</source>
        <translation>Aucun&#xa0;: coupé de tout</translation>
    </message>
    <message>
        <source>Host: this computer&apos;s own, no wall between</source>
        <translation>Hôte&#xa0;: celui de cet ordinateur, sans cloison</translation>
    </message>
    <message>
        <source>That of another container</source>
        <translation>Celui d’un autre conteneur</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>Les siens</translation>
    </message>
    <message>
        <source>Its own, open to other containers</source>
        <translation>Les siens, ouverts à d’autres conteneurs</translation>
    </message>
    <message>
        <source>Its own, without /dev/shm</source>
        <translation>Les siens, sans /dev/shm</translation>
    </message>
    <message>
        <source>This computer&apos;s</source>
        <translation>De cet ordinateur</translation>
    </message>
    <message>
        <source>All of this computer</source>
        <translation>Tous ceux de cet ordinateur</translation>
    </message>
    <message>
        <source>One of its own</source>
        <translation>Le sien</translation>
    </message>
    <message>
        <source>Root inside is nobody outside</source>
        <translation>root à l’intérieur n’est personne à l’extérieur</translation>
    </message>
    <message>
        <source>Root inside is root outside</source>
        <translation>root à l’intérieur est root à l’extérieur</translation>
    </message>
    <message>
        <source>Its own branch</source>
        <translation>Sa propre branche</translation>
    </message>
    <message>
        <source>This computer&apos;s whole tree</source>
        <translation>Tout l’arbre de cet ordinateur</translation>
    </message>
    <message>
        <source>Kept in files, limited in size</source>
        <translation>Gardé dans des fichiers de taille limitée</translation>
    </message>
    <message>
        <source>Thrown away</source>
        <translation>Jeté</translation>
    </message>
    <message>
        <source>Those that containers need</source>
        <translation>Ceux dont les conteneurs ont besoin</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Masqués</translation>
    </message>
    <message>
        <source>In sight</source>
        <translation>Visibles</translation>
    </message>
    <message>
        <source>Those of a profile in a file…</source>
        <translation>Ceux d’un profil dans un fichier…</translation>
    </message>
</context>
<context>
    <name>OptionText</name>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>What the container starts from.</source>
        <translation>Ce dont part le conteneur.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>How you find the container again.</source>
        <translation>Comment retrouver le conteneur.</translation>
    </message>
    <message>
        <source>chosen for you</source>
        <translation>choisi pour vous</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>What runs inside, instead of the image&apos;s own command.</source>
        <translation>Ce qui s’exécute à l’intérieur, à la place de la commande de l’image.</translation>
    </message>
    <message>
        <source>the image&apos;s own</source>
        <translation>celle de l’image</translation>
    </message>
    <message>
        <source>Remove the container when it stops</source>
        <translation>Supprimer le conteneur quand il s’arrête</translation>
    </message>
    <message>
        <source>Its log and the files that it wrote go with it.</source>
        <translation>Son journal et les fichiers qu’il a écrits disparaissent avec lui.</translation>
    </message>
    <message>
        <source>Keep its input open</source>
        <translation>Garder son entrée ouverte</translation>
    </message>
    <message>
        <source>For programs that read what you type.</source>
        <translation>Pour les programmes qui lisent ce que vous tapez.</translation>
    </message>
    <message>
        <source>Give it a terminal</source>
        <translation>Lui donner un terminal</translation>
    </message>
    <message>
        <source>For shells and programs that draw on the screen.</source>
        <translation>Pour les shells et les programmes qui dessinent à l’écran.</translation>
    </message>
    <message>
        <source>Start a small init first</source>
        <translation>Démarrer d’abord un petit init</translation>
    </message>
    <message>
        <source>It passes signals on and clears up processes that nobody waits for.</source>
        <translation>Il transmet les signaux et ramasse les processus que personne n’attend.</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Connections to a port of this computer reach one of the container.</source>
        <translation>Les connexions à un port de cet ordinateur arrivent à un port du conteneur.</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environnement</translation>
    </message>
    <message>
        <source>Variables that the program inside sees.</source>
        <translation>Les variables que voit le programme à l’intérieur.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>The most it may use; 0 is no limit.</source>
        <translation>Ce qu’il peut utiliser au plus&#xa0;; 0&#xa0;: sans limite.</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>Processeurs</translation>
    </message>
    <message>
        <source>How many it may keep busy: 1.5 is one and a half.</source>
        <translation>Combien il peut en occuper&#xa0;: 1.5 veut dire un et demi.</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>Point d’entrée</translation>
    </message>
    <message>
        <source>The program that gets the command as its arguments; &quot;&quot; drops the image&apos;s own.</source>
        <translation>Le programme qui reçoit la commande comme arguments&#xa0;; &quot;&quot; écarte celui de l’image.</translation>
    </message>
    <message>
        <source>as in the image</source>
        <translation>comme dans l’image</translation>
    </message>
    <message>
        <source>Working folder</source>
        <translation>Dossier de travail</translation>
    </message>
    <message>
        <source>Where the program starts; it is made when it is missing.</source>
        <translation>Là où démarre le programme&#xa0;; créé s’il manque.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Who runs it inside: a name or a number, with :group if you like.</source>
        <translation>Qui l’exécute à l’intérieur&#xa0;: un nom ou un numéro, suivi au besoin de&#xa0;:groupe.</translation>
    </message>
    <message>
        <source>More groups</source>
        <translation>Autres groupes</translation>
    </message>
    <message>
        <source>Groups that this user belongs to as well.</source>
        <translation>Des groupes dont cet utilisateur fait aussi partie.</translation>
    </message>
    <message>
        <source>Stop signal</source>
        <translation>Signal d’arrêt</translation>
    </message>
    <message>
        <source>What asks the program to end.</source>
        <translation>Ce qui demande au programme de finir.</translation>
    </message>
    <message>
        <source>Stop time-out</source>
        <translation>Délai d’arrêt</translation>
    </message>
    <message>
        <source>Seconds that it may take to end, before it is killed.</source>
        <translation>Les secondes qu’il a pour finir avant d’être tué.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>What the container can reach, and how.</source>
        <translation>Ce que le conteneur peut atteindre, et comment.</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Nom d’hôte</translation>
    </message>
    <message>
        <source>What the container calls itself.</source>
        <translation>Comment le conteneur se nomme lui-même.</translation>
    </message>
    <message>
        <source>its id</source>
        <translation>son identifiant</translation>
    </message>
    <message>
        <source>Domain name</source>
        <translation>Nom de domaine</translation>
    </message>
    <message>
        <source>The domain behind its host name.</source>
        <translation>Le domaine derrière son nom d’hôte.</translation>
    </message>
    <message>
        <source>Name servers</source>
        <translation>Serveurs de noms</translation>
    </message>
    <message>
        <source>Who answers when it looks up a name.</source>
        <translation>Qui répond quand il cherche un nom.</translation>
    </message>
    <message>
        <source>Search domains</source>
        <translation>Domaines de recherche</translation>
    </message>
    <message>
        <source>Domains that are tried behind a short name.</source>
        <translation>Des domaines essayés derrière un nom court.</translation>
    </message>
    <message>
        <source>Resolver options</source>
        <translation>Options du résolveur</translation>
    </message>
    <message>
        <source>Words for resolv.conf, such as ndots:2.</source>
        <translation>Des mots pour resolv.conf, comme ndots:2.</translation>
    </message>
    <message>
        <source>Extra hosts</source>
        <translation>Hôtes supplémentaires</translation>
    </message>
    <message>
        <source>Names with an address of yours; host-gateway is this computer.</source>
        <translation>Des noms avec l’adresse de votre choix&#xa0;; host-gateway est cet ordinateur.</translation>
    </message>
    <message>
        <source>Memory reservation</source>
        <translation>Réserve de mémoire</translation>
    </message>
    <message>
        <source>What it is left with when memory becomes scarce.</source>
        <translation>Ce qui lui reste quand la mémoire se fait rare.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Memory and swap</source>
        <translation>Mémoire et échange</translation>
    </message>
    <message>
        <source>Both together: -1 is no limit, the same as the memory is no swap.</source>
        <translation>Les deux ensemble&#xa0;: -1 est sans limite, autant que la mémoire est sans échange.</translation>
    </message>
    <message>
        <source>twice the memory</source>
        <translation>deux fois la mémoire</translation>
    </message>
    <message>
        <source>Swappiness</source>
        <translation>Propension à l’échange</translation>
    </message>
    <message>
        <source>How readily its memory is swapped out, from 0 to 100.</source>
        <translation>Avec quelle facilité sa mémoire va dans l’échange, de 0 à 100.</translation>
    </message>
    <message>
        <source>the system&apos;s own</source>
        <translation>celle du système</translation>
    </message>
    <message>
        <source>OOM score</source>
        <translation>Score OOM</translation>
    </message>
    <message>
        <source>Above 0 it is killed sooner when memory runs out, below 0 later (-1000 to 1000).</source>
        <translation>Au-dessus de 0, il est tué plus tôt quand la mémoire manque, au-dessous plus tard (-1000 à 1000).</translation>
    </message>
    <message>
        <source>Never kill it for lack of memory</source>
        <translation>Ne jamais le tuer faute de mémoire</translation>
    </message>
    <message>
        <source>It waits instead; only with a memory limit, and on cgroup v1.</source>
        <translation>Il attend à la place&#xa0;; seulement avec une limite de mémoire, et sur cgroup v1.</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>The most processes and threads it may have; 0 is no limit.</source>
        <translation>Combien de processus et de fils il peut avoir&#xa0;; 0&#xa0;: sans limite.</translation>
    </message>
    <message>
        <source>CPU shares</source>
        <translation>Parts de processeur</translation>
    </message>
    <message>
        <source>Its weight when CPUs are contended; 1024 is ordinary.</source>
        <translation>Son poids quand les processeurs sont disputés&#xa0;; 1024 est ordinaire.</translation>
    </message>
    <message>
        <source>CPU period</source>
        <translation>Période de processeur</translation>
    </message>
    <message>
        <source>Microseconds in which the quota counts.</source>
        <translation>Les microsecondes sur lesquelles compte le quota.</translation>
    </message>
    <message>
        <source>CPU quota</source>
        <translation>Quota de processeur</translation>
    </message>
    <message>
        <source>Microseconds of CPU in each period; -1 is no limit.</source>
        <translation>Microsecondes de processeur par période&#xa0;; -1&#xa0;: sans limite.</translation>
    </message>
    <message>
        <source>These CPUs only</source>
        <translation>Seulement ces processeurs</translation>
    </message>
    <message>
        <source>Their numbers, such as 0-2,4.</source>
        <translation>Leurs numéros, comme 0-2,4.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>These memory nodes only</source>
        <translation>Seulement ces nœuds de mémoire</translation>
    </message>
    <message>
        <source>For machines with several (NUMA).</source>
        <translation>Pour les machines qui en ont plusieurs (NUMA).</translation>
    </message>
    <message>
        <source>Process limits</source>
        <translation>Limites des processus</translation>
    </message>
    <message>
        <source>What each process may take, such as open files (nofile).</source>
        <translation>Ce que peut prendre chaque processus, comme les fichiers ouverts (nofile).</translation>
    </message>
    <message>
        <source>Kernel settings</source>
        <translation>Réglages du noyau</translation>
    </message>
    <message>
        <source>For the container&apos;s own namespaces only.</source>
        <translation>Seulement pour les espaces de noms du conteneur.</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>Mémoire partagée</translation>
    </message>
    <message>
        <source>The size of /dev/shm; browsers and databases often want more.</source>
        <translation>La taille de /dev/shm&#xa0;; navigateurs et bases de données en veulent souvent plus.</translation>
    </message>
    <message>
        <source>Folders in memory</source>
        <translation>Dossiers en mémoire</translation>
    </message>
    <message>
        <source>Fast, and empty again whenever it stops.</source>
        <translation>Rapides, et vides à nouveau à chaque arrêt.</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>Quand il finit</translation>
    </message>
    <message>
        <source>Whether the engine starts it again.</source>
        <translation>Si le moteur le redémarre.</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>How often it is tried after failures; empty is for ever.</source>
        <translation>Combien de fois essayer après des échecs&#xa0;; vide&#xa0;: sans fin.</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Contrôle de santé</translation>
    </message>
    <message>
        <source>A shell command that succeeds while all is well; NONE switches the image&apos;s own off.</source>
        <translation>Une commande de shell qui réussit tant que tout va bien&#xa0;; NONE désactive celui de l’image.</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Tous les</translation>
    </message>
    <message>
        <source>The time between two checks.</source>
        <translation>Le temps entre deux contrôles.</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>Délai</translation>
    </message>
    <message>
        <source>A check that takes longer has failed.</source>
        <translation>Un contrôle plus long a échoué.</translation>
    </message>
    <message>
        <source>Start period</source>
        <translation>Période de démarrage</translation>
    </message>
    <message>
        <source>While it starts, failed checks do not count.</source>
        <translation>Pendant qu’il démarre, les échecs ne comptent pas.</translation>
    </message>
    <message>
        <source>Every, while it starts</source>
        <translation>Tous les, au démarrage</translation>
    </message>
    <message>
        <source>The time between two checks in the start period.</source>
        <translation>Le temps entre deux contrôles pendant le démarrage.</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Échecs de suite</translation>
    </message>
    <message>
        <source>So many failures in a row make it unhealthy.</source>
        <translation>Autant d’échecs de suite le rendent malade.</translation>
    </message>
    <message>
        <source>Read-only root</source>
        <translation>Racine en lecture seule</translation>
    </message>
    <message>
        <source>The image&apos;s files cannot be changed; give it folders in memory to write to.</source>
        <translation>Les fichiers de l’image ne peuvent pas changer&#xa0;; donnez-lui des dossiers en mémoire où écrire.</translation>
    </message>
    <message>
        <source>No new privileges</source>
        <translation>Pas de nouveaux privilèges</translation>
    </message>
    <message>
        <source>Programs such as sudo give nobody more rights inside.</source>
        <translation>Des programmes comme sudo ne donnent plus de droits à personne à l’intérieur.</translation>
    </message>
    <message>
        <source>Privileged</source>
        <translation>Privilégié</translation>
    </message>
    <message>
        <source>All devices, all capabilities and no filter: what runs inside can take over this computer. An administrator must agree.</source>
        <translation>Tous les périphériques, toutes les capacités et aucun filtre&#xa0;: ce qui s’exécute à l’intérieur peut prendre le contrôle de cet ordinateur. Un administrateur doit donner son accord.</translation>
    </message>
    <message>
        <source>Capabilities to add</source>
        <translation>Capacités à ajouter</translation>
    </message>
    <message>
        <source>Single rights of root, such as NET_ADMIN. An administrator must agree.</source>
        <translation>Des droits de root un à un, comme NET_ADMIN. Un administrateur doit donner son accord.</translation>
    </message>
    <message>
        <source>Capabilities to drop</source>
        <translation>Capacités à retirer</translation>
    </message>
    <message>
        <source>ALL takes every one of them away.</source>
        <translation>ALL les retire toutes.</translation>
    </message>
    <message>
        <source>System calls</source>
        <translation>Appels système</translation>
    </message>
    <message>
        <source>Which requests to the kernel are let through.</source>
        <translation>Quelles demandes au noyau passent.</translation>
    </message>
    <message>
        <source>AppArmor profile</source>
        <translation>Profil AppArmor</translation>
    </message>
    <message>
        <source>The name of a profile that is loaded; or unconfined.</source>
        <translation>Le nom d’un profil chargé&#xa0;; ou unconfined.</translation>
    </message>
    <message>
        <source>no profile</source>
        <translation>aucun profil</translation>
    </message>
    <message>
        <source>System paths</source>
        <translation>Chemins système</translation>
    </message>
    <message>
        <source>Whether sensitive files of /proc and /sys are hidden from it.</source>
        <translation>Si les fichiers sensibles de /proc et /sys lui sont masqués.</translation>
    </message>
    <message>
        <source>Shared memory and queues</source>
        <translation>Mémoire partagée et files</translation>
    </message>
    <message>
        <source>Whose System V and POSIX objects it sees.</source>
        <translation>De qui il voit les objets System V et POSIX.</translation>
    </message>
    <message>
        <source>Processes seen</source>
        <translation>Processus visibles</translation>
    </message>
    <message>
        <source>Whose processes it sees and may send signals to.</source>
        <translation>De qui il voit les processus et peut leur envoyer des signaux.</translation>
    </message>
    <message>
        <source>Host name seen</source>
        <translation>Nom d’hôte visible</translation>
    </message>
    <message>
        <source>Whether it has a host name of its own.</source>
        <translation>S’il a son propre nom d’hôte.</translation>
    </message>
    <message>
        <source>User ids</source>
        <translation>Identifiants d’utilisateurs</translation>
    </message>
    <message>
        <source>Whether root inside is root outside.</source>
        <translation>Si root à l’intérieur est root à l’extérieur.</translation>
    </message>
    <message>
        <source>Control groups seen</source>
        <translation>Groupes de contrôle visibles</translation>
    </message>
    <message>
        <source>Whether it sees the computer&apos;s whole tree.</source>
        <translation>S’il voit tout l’arbre de l’ordinateur.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Périphériques</translation>
    </message>
    <message>
        <source>Devices of this computer that it may use. An administrator must agree.</source>
        <translation>Les périphériques de cet ordinateur qu’il peut utiliser. Un administrateur doit donner son accord.</translation>
    </message>
    <message>
        <source>Device rules</source>
        <translation>Règles de périphériques</translation>
    </message>
    <message>
        <source>Kinds of devices it may make and open.</source>
        <translation>Les sortes de périphériques qu’il peut créer et ouvrir.</translation>
    </message>
    <message>
        <source>Disk weight</source>
        <translation>Poids des disques</translation>
    </message>
    <message>
        <source>Its share when disks are busy, from 10 to 1000.</source>
        <translation>Sa part quand les disques sont occupés, de 10 à 1000.</translation>
    </message>
    <message>
        <source>ordinary</source>
        <translation>ordinaire</translation>
    </message>
    <message>
        <source>Disk weight of a device</source>
        <translation>Poids d’un disque</translation>
    </message>
    <message>
        <source>The same for one disk.</source>
        <translation>La même chose pour un seul disque.</translation>
    </message>
    <message>
        <source>Bytes read a second</source>
        <translation>Octets lus par seconde</translation>
    </message>
    <message>
        <source>From one disk, such as 10m.</source>
        <translation>D’un disque, par exemple 10m.</translation>
    </message>
    <message>
        <source>Bytes written a second</source>
        <translation>Octets écrits par seconde</translation>
    </message>
    <message>
        <source>To one disk, such as 10m.</source>
        <translation>Sur un disque, par exemple 10m.</translation>
    </message>
    <message>
        <source>Reads a second</source>
        <translation>Lectures par seconde</translation>
    </message>
    <message>
        <source>Operations on one disk.</source>
        <translation>Opérations sur un disque.</translation>
    </message>
    <message>
        <source>Writes a second</source>
        <translation>Écritures par seconde</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Notes of yours, by which lists can be filtered.</source>
        <translation>Des notes à vous, par lesquelles filtrer les listes.</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>Annotations</translation>
    </message>
    <message>
        <source>Notes for the runtime, kept with the container.</source>
        <translation>Des notes pour l’environnement d’exécution, gardées avec le conteneur.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>What becomes of what the program writes.</source>
        <translation>Ce que devient ce que le programme écrit.</translation>
    </message>
    <message>
        <source>Log options</source>
        <translation>Options du journal</translation>
    </message>
    <message>
        <source>max-size, max-file and compress; 5 files of 10m, compressed, are kept when empty.</source>
        <translation>max-size, max-file et compress&#xa0;; vide&#xa0;: 5 fichiers de 10m sont gardés, compressés.</translation>
    </message>
    <message>
        <source>For one client only</source>
        <translation>Pour un seul client</translation>
    </message>
    <message>
        <source>Its output waits for the first that attaches; its input ends with it.</source>
        <translation>Sa sortie attend le premier qui s’attache ; son entrée se termine avec lui.</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>More names that the others in its network find it by.</source>
        <translation>D’autres noms sous lesquels ceux de son réseau le trouvent.</translation>
    </message>
    <message>
        <source>IPv4 address</source>
        <translation>Adresse IPv4</translation>
    </message>
    <message>
        <source>One of the network&apos;s; it keeps it.</source>
        <translation>Une de celles du réseau&#xa0;; il la garde.</translation>
    </message>
    <message>
        <source>chosen for it</source>
        <translation>choisie pour lui</translation>
    </message>
    <message>
        <source>IPv6 address</source>
        <translation>Adresse IPv6</translation>
    </message>
    <message>
        <source>More networks</source>
        <translation>D’autres réseaux</translation>
    </message>
    <message>
        <source>It can be in several at once, with other names and addresses in each.</source>
        <translation>Il peut être dans plusieurs à la fois, avec d’autres noms et adresses dans chacun.</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>Adresse MAC</translation>
    </message>
    <message>
        <source>Of its interface in that network.</source>
        <translation>De son interface dans ce réseau.</translation>
    </message>
    <message>
        <source>Volumes and folders</source>
        <translation>Volumes et dossiers</translation>
    </message>
    <message>
        <source>What the container sees of files outside: a volume that Escale keeps, a folder or file of this computer (bind), or memory (tmpfs).</source>
        <translation>Ce que le conteneur voit des fichiers du dehors&#xa0;: un volume gardé par Escale, un dossier ou fichier de cet ordinateur (bind), ou de la mémoire (tmpfs).</translation>
    </message>
    <message>
        <source>Those of another container</source>
        <translation>Ceux d’un autre conteneur</translation>
    </message>
    <message>
        <source>Everything that this one has mounted, at the same places; :ro behind its name only for reading.</source>
        <translation>Tout ce que celui-ci a monté, aux mêmes endroits&#xa0;; :ro derrière son nom pour la lecture seule.</translation>
    </message>
    <message>
        <source>Secret files</source>
        <translation>Fichiers secrets</translation>
    </message>
    <message>
        <source>Passwords and keys, copied into the container&apos;s memory: in no image, no list and no log. They are gone when the computer goes down.</source>
        <translation>Mots de passe et clés, copiés dans la mémoire du conteneur&#xa0;: dans aucune image, aucune liste, aucun journal. Ils disparaissent quand l’ordinateur s’éteint.</translation>
    </message>
</context>
<context>
    <name>PressStory</name>
    <message>
        <source>begin</source>
        <translation>début</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>freiné</translation>
    </message>
    <message>
        <source>reclaim</source>
        <translation>reprise</translation>
    </message>
    <message>
        <source>OOM</source>
        <translation>OOM</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>This machine does not count processor time by cgroup.</source>
        <translation>Cette machine ne compte pas le temps de processeur par cgroup.</translation>
    </message>
    <message>
        <source>It uses %1 processors. There is no limit: it may have all of this machine.</source>
        <translation>Il emploie %1 processeur(s). Il n’y a pas de limite&#xa0;: il peut avoir toute la machine.</translation>
    </message>
    <message>
        <source>It uses %1 processors; its limit is %2.</source>
        <translation>Il emploie %1 processeur(s)&#xa0;; sa limite est %2.</translation>
    </message>
    <message>
        <source>The kernel has stopped it in %1 of %2 periods of %3 ms: its quota was used up, and all its processes had to wait for the next one (throttling).</source>
        <translation>Le noyau l’a arrêté dans %1 périodes sur %2, de %3 ms chacune&#xa0;: son quota était épuisé, et tous ses processus ont dû attendre la suivante (throttling).</translation>
    </message>
    <message>
        <source>It was not stopped in any period: it wants less than its limit.</source>
        <translation>Il n’a été arrêté dans aucune période&#xa0;: il demande moins que sa limite.</translation>
    </message>
    <message>
        <source>This machine does not count memory by cgroup.</source>
        <translation>Cette machine ne compte pas la mémoire par cgroup.</translation>
    </message>
    <message>
        <source>It has %1, of which %2 are copies of files (page cache). There is no limit.</source>
        <translation>Il a %1, dont %2 de copies de fichiers (page cache). Il n’y a pas de limite.</translation>
    </message>
    <message>
        <source>It has %1 of %2, of which %3 are copies of files (page cache).</source>
        <translation>Il a %1 sur %2, dont %3 de copies de fichiers (page cache).</translation>
    </message>
    <message numerus="yes">
        <source>It ran against the limit %n time(s). Each time the kernel takes back what it can get again (reclaim): page cache first.</source>
        <translation>
            <numerusform>Il a heurté la limite %n fois. Le noyau reprend alors ce qu’il pourra retrouver (reclaim)&#xa0;: d’abord le page cache.</numerusform>
            <numerusform>Il a heurté la limite %n fois. Chaque fois, le noyau reprend ce qu’il pourra retrouver (reclaim)&#xa0;: d’abord le page cache.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was full, so the kernel takes back what it can get again (reclaim): page cache first.</source>
        <translation>Il était plein&#xa0;: le noyau reprend donc ce qu’il pourra retrouver (reclaim), d’abord le page cache.</translation>
    </message>
    <message>
        <source>So far it has taken back %1 of it.</source>
        <translation>Jusqu’ici, il en a repris %1.</translation>
    </message>
    <message>
        <source>Nothing was left to take back: the kernel has ended the process that had most, by SIGKILL (OOM killer). The others live on, and so does the container.</source>
        <translation>Il n’y avait plus rien à reprendre&#xa0;: le noyau a tué le processus qui en avait le plus, par SIGKILL (OOM killer). Les autres continuent, et le conteneur aussi.</translation>
    </message>
    <message>
        <source>This machine does not count processes by cgroup.</source>
        <translation>Cette machine ne compte pas les processus par cgroup.</translation>
    </message>
    <message numerus="yes">
        <source>It has %n processes and threads. There is no limit.</source>
        <translation>
            <numerusform>Il a %n processus. Il n’y a pas de limite.</numerusform>
            <numerusform>Il a %n processus et fils (threads). Il n’y a pas de limite.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has %1 of %2 processes and threads.</source>
        <translation>Il a %1 processus et fils (threads) sur %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) a further one was refused: fork() has failed with EAGAIN. Those that are there go on; nothing is ended.</source>
        <translation>
            <numerusform>%n fois, un de plus a été refusé&#xa0;: fork() a échoué avec EAGAIN. Ceux qui sont là continuent&#xa0;; rien n’est tué.</numerusform>
            <numerusform>%n fois, un de plus a été refusé&#xa0;: fork() a échoué avec EAGAIN. Ceux qui sont là continuent&#xa0;; rien n’est tué.</numerusform>
        </translation>
    </message>
    <message>
        <source>This machine does not count the disk by cgroup.</source>
        <translation>Cette machine ne compte pas le disque par cgroup.</translation>
    </message>
    <message>
        <source>It reads %1 and writes %2.</source>
        <translation>Il lit %1 et écrit %2.</translation>
    </message>
    <message>
        <source>There is no limit: it gets what the disk can do. One is given when a container is made (--device-write-bps).</source>
        <translation>Il n’y a pas de limite&#xa0;: il a ce que le disque peut donner. On en fixe une à la création du conteneur (--device-write-bps).</translation>
    </message>
    <message>
        <source>It may write %1: when it has, the next operation has to wait until time has caught up.</source>
        <translation>Il peut écrire %1&#xa0;: au-delà, l’opération suivante doit attendre que le temps la rattrape.</translation>
    </message>
</context>
<context>
    <name>RightsText</name>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Being somebody else</source>
        <translation>Être quelqu’un d’autre</translation>
    </message>
    <message>
        <source>Other processes</source>
        <translation>Autres processus</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>The machine</source>
        <translation>La machine</translation>
    </message>
    <message>
        <source>Watching and guarding</source>
        <translation>Observer et protéger</translation>
    </message>
    <message>
        <source>give files to others</source>
        <translation>donner des fichiers à d’autres</translation>
    </message>
    <message>
        <source>Change owner and group of any file.</source>
        <translation>Changer le propriétaire et le groupe de tout fichier.</translation>
    </message>
    <message>
        <source>read and write any file</source>
        <translation>lire et écrire tout fichier</translation>
    </message>
    <message>
        <source>The permission bits of files and folders hold it back no more.</source>
        <translation>Les bits de permission des fichiers et des dossiers ne le retiennent plus.</translation>
    </message>
    <message>
        <source>read any file</source>
        <translation>lire tout fichier</translation>
    </message>
    <message>
        <source>Read files and search folders whatever their permission bits say; open files by a handle instead of a path, which has led out of containers before.</source>
        <translation>Lire les fichiers et parcourir les dossiers quoi que disent leurs permissions&#xa0;; ouvrir des fichiers par une poignée au lieu d’un chemin, ce qui a déjà permis de sortir de conteneurs.</translation>
    </message>
    <message>
        <source>act as every file&apos;s owner</source>
        <translation>agir en propriétaire de tout fichier</translation>
    </message>
    <message>
        <source>Change the mode, times and attributes of files of others.</source>
        <translation>Changer le mode, les dates et les attributs des fichiers des autres.</translation>
    </message>
    <message>
        <source>keep set-user-id bits</source>
        <translation>garder les bits set-user-id</translation>
    </message>
    <message>
        <source>The bits that make a program run as its owner stay when the file is changed.</source>
        <translation>Les bits qui font tourner un programme sous son propriétaire restent quand le fichier est modifié.</translation>
    </message>
    <message>
        <source>make files immutable</source>
        <translation>rendre des fichiers immuables</translation>
    </message>
    <message>
        <source>Set and clear the attributes “immutable” and “append only”, chattr(1).</source>
        <translation>Mettre et ôter les attributs «&#xa0;immuable&#xa0;» et «&#xa0;ajout seulement », chattr(1).</translation>
    </message>
    <message>
        <source>make device files</source>
        <translation>créer des fichiers de périphériques</translation>
    </message>
    <message>
        <source>Make the files that lead to disks and other devices. Which of them may be opened the device rules of the cgroup say in addition.</source>
        <translation>Créer les fichiers qui mènent aux disques et autres périphériques. Lesquels peuvent s’ouvrir, les règles du cgroup le disent en plus.</translation>
    </message>
    <message>
        <source>hold leases on any file</source>
        <translation>poser des baux sur tout fichier</translation>
    </message>
    <message>
        <source>Be told before somebody else opens a file, and hold them up meanwhile, fcntl(2).</source>
        <translation>Être averti avant qu’un autre n’ouvre un fichier, et le faire attendre, fcntl(2).</translation>
    </message>
    <message>
        <source>give programs capabilities</source>
        <translation>donner des capacités aux programmes</translation>
    </message>
    <message>
        <source>Write capabilities on a program&apos;s file: whoever starts it has them.</source>
        <translation>Écrire des capacités sur le fichier d’un programme&#xa0;: qui le lance les a.</translation>
    </message>
    <message>
        <source>become another user</source>
        <translation>devenir un autre utilisateur</translation>
    </message>
    <message>
        <source>Change its user id to any that its user namespace maps. A server that begins as root steps down with it.</source>
        <translation>Prendre tout identifiant d’utilisateur que son espace de noms traduit. Un serveur qui commence en root s’en sert pour y renoncer.</translation>
    </message>
    <message>
        <source>become another group</source>
        <translation>devenir un autre groupe</translation>
    </message>
    <message>
        <source>Change its group ids, and write the map of a user namespace.</source>
        <translation>Changer de groupes, et écrire la table d’un espace de noms utilisateur.</translation>
    </message>
    <message>
        <source>hand on capabilities</source>
        <translation>transmettre des capacités</translation>
    </message>
    <message>
        <source>Take capabilities out of what later programs can have at most (its bounding set), and put them into what they inherit.</source>
        <translation>Ôter des capacités de ce que les programmes suivants auront au plus (l’ensemble limite), et en mettre dans ce dont ils héritent.</translation>
    </message>
    <message>
        <source>send signals to anybody</source>
        <translation>envoyer des signaux à tous</translation>
    </message>
    <message>
        <source>End or stop processes of other users, among those that it sees.</source>
        <translation>Terminer ou arrêter les processus d’autres utilisateurs, parmi ceux qu’il voit.</translation>
    </message>
    <message>
        <source>trace others</source>
        <translation>tracer les autres</translation>
    </message>
    <message>
        <source>Read and change the memory of other users&apos; processes: what a debugger does.</source>
        <translation>Lire et changer la mémoire des processus d’autres utilisateurs&#xa0;: ce que fait un débogueur.</translation>
    </message>
    <message>
        <source>use all shared memory</source>
        <translation>utiliser toute mémoire partagée</translation>
    </message>
    <message>
        <source>The permissions of shared memory, semaphores and message queues hold it back no more.</source>
        <translation>Les permissions de la mémoire partagée, des sémaphores et des files de messages ne le retiennent plus.</translation>
    </message>
    <message>
        <source>lock any amount of memory</source>
        <translation>verrouiller la mémoire sans limite</translation>
    </message>
    <message>
        <source>Keep memory from being swapped beyond its limit, mlock(2).</source>
        <translation>Empêcher que la mémoire soit échangée au-delà de sa limite, mlock(2).</translation>
    </message>
    <message>
        <source>push ahead of others</source>
        <translation>passer devant les autres</translation>
    </message>
    <message>
        <source>Raise priorities, use real-time scheduling, choose processors for others.</source>
        <translation>Élever les priorités, prendre l’ordonnancement temps réel, choisir les processeurs des autres.</translation>
    </message>
    <message>
        <source>exceed limits</source>
        <translation>dépasser les limites</translation>
    </message>
    <message>
        <source>Raise the hard limits of ulimit, use what a file system keeps for root. The limits of a cgroup are not among them.</source>
        <translation>Élever les limites dures d’ulimit, prendre ce qu’un système de fichiers garde pour root. Les limites d’un cgroup n’en font pas partie.</translation>
    </message>
    <message>
        <source>freeze and thaw processes</source>
        <translation>geler et dégeler des processus</translation>
    </message>
    <message>
        <source>What saving a process to a file and starting it again needs: choose pids, read maps.</source>
        <translation>Ce qu’il faut pour enregistrer un processus dans un fichier et le relancer&#xa0;: choisir des pid, lire les tables.</translation>
    </message>
    <message>
        <source>take a port below 1024</source>
        <translation>prendre un port inférieur à 1024</translation>
    </message>
    <message>
        <source>Ports of well-known services. Where net.ipv4.ip_unprivileged_port_start is 0, nobody needs it.</source>
        <translation>Les ports des services connus. Là où net.ipv4.ip_unprivileged_port_start vaut 0, personne n’en a besoin.</translation>
    </message>
    <message>
        <source>see and forge raw packets</source>
        <translation>voir et forger des paquets bruts</translation>
    </message>
    <message>
        <source>Raw sockets: ping, tcpdump; but also packets with another&apos;s address, within its own network.</source>
        <translation>Les sockets bruts&#xa0;: ping, tcpdump&#xa0;; mais aussi des paquets avec l’adresse d’un autre, dans son propre réseau.</translation>
    </message>
    <message>
        <source>configure the network</source>
        <translation>configurer le réseau</translation>
    </message>
    <message>
        <source>Interfaces, addresses, routes, firewall rules, of its own network namespace.</source>
        <translation>Interfaces, adresses, routes, règles de pare-feu, de son propre espace de noms réseau.</translation>
    </message>
    <message>
        <source>send to all at once</source>
        <translation>émettre vers tous à la fois</translation>
    </message>
    <message>
        <source>Broadcast and multicast. The kernel asks for it nowhere any more.</source>
        <translation>Diffusion et multidiffusion. Le noyau ne la demande plus nulle part.</translation>
    </message>
    <message>
        <source>mount, and much more</source>
        <translation>monter, et bien plus</translation>
    </message>
    <message>
        <source>Mounts, new namespaces, host names, quotas, swap and many other things: so many that whoever has it on the machine is as good as root.</source>
        <translation>Montages, nouveaux espaces de noms, noms d’hôte, quotas, échange et bien d’autres choses&#xa0;: tant que qui l’a sur la machine vaut root.</translation>
    </message>
    <message>
        <source>change the clock</source>
        <translation>changer l’horloge</translation>
    </message>
    <message>
        <source>Set the date and the time. There is one for all: no namespace has its own.</source>
        <translation>Régler la date et l’heure. Il n’y en a qu’une pour tous&#xa0;: aucun espace de noms n’a la sienne.</translation>
    </message>
    <message>
        <source>load kernel modules</source>
        <translation>charger des modules du noyau</translation>
    </message>
    <message>
        <source>Bring code into the kernel: whoever may do so rules the machine.</source>
        <translation>Mettre du code dans le noyau&#xa0;: qui le peut est maître de la machine.</translation>
    </message>
    <message>
        <source>restart the machine</source>
        <translation>redémarrer la machine</translation>
    </message>
    <message>
        <source>reboot(2). In a pid namespace of its own it ends the processes of this namespace alone.</source>
        <translation>reboot(2). Dans un espace de noms pid à lui, il ne termine que les processus de celui-ci.</translation>
    </message>
    <message>
        <source>use ports of the hardware</source>
        <translation>utiliser les ports du matériel</translation>
    </message>
    <message>
        <source>Read and write the machine&apos;s memory and its devices past the kernel.</source>
        <translation>Lire et écrire la mémoire et les périphériques de la machine en contournant le noyau.</translation>
    </message>
    <message>
        <source>move its root folder</source>
        <translation>déplacer son dossier racine</translation>
    </message>
    <message>
        <source>chroot(2): a folder becomes the root of what it sees.</source>
        <translation>chroot(2)&#xa0;: un dossier devient la racine de ce qu’il voit.</translation>
    </message>
    <message>
        <source>keep accounts of processes</source>
        <translation>tenir le compte des processus</translation>
    </message>
    <message>
        <source>Have the kernel write a line for each process that ends, acct(2).</source>
        <translation>Faire écrire au noyau une ligne pour chaque processus qui se termine, acct(2).</translation>
    </message>
    <message>
        <source>take terminals away</source>
        <translation>enlever des terminaux</translation>
    </message>
    <message>
        <source>vhangup(2), and settings of virtual terminals.</source>
        <translation>vhangup(2), et les réglages des terminaux virtuels.</translation>
    </message>
    <message>
        <source>wake the machine up</source>
        <translation>réveiller la machine</translation>
    </message>
    <message>
        <source>Timers that end its sleep.</source>
        <translation>Des minuteries qui mettent fin à sa veille.</translation>
    </message>
    <message>
        <source>keep the machine awake</source>
        <translation>garder la machine éveillée</translation>
    </message>
    <message>
        <source>Hold up its going to sleep.</source>
        <translation>Retarder sa mise en veille.</translation>
    </message>
    <message>
        <source>read the kernel&apos;s log</source>
        <translation>lire le journal du noyau</translation>
    </message>
    <message>
        <source>dmesg(1), and addresses of the kernel in /proc.</source>
        <translation>dmesg(1), et les adresses du noyau dans /proc.</translation>
    </message>
    <message>
        <source>measure everything</source>
        <translation>tout mesurer</translation>
    </message>
    <message>
        <source>Watch what processor and kernel do, of other processes, too, perf(1).</source>
        <translation>Observer ce que font le processeur et le noyau, pour d’autres processus aussi, perf(1).</translation>
    </message>
    <message>
        <source>run programs in the kernel</source>
        <translation>exécuter des programmes dans le noyau</translation>
    </message>
    <message>
        <source>Load eBPF programs: small ones that the kernel checks and then runs itself.</source>
        <translation>Charger des programmes eBPF&#xa0;: petits, que le noyau vérifie puis exécute lui-même.</translation>
    </message>
    <message>
        <source>write to the audit log</source>
        <translation>écrire dans le journal d’audit</translation>
    </message>
    <message>
        <source>Add lines, as login programs do.</source>
        <translation>Ajouter des lignes, comme le font les programmes de connexion.</translation>
    </message>
    <message>
        <source>change what is audited</source>
        <translation>changer ce qui est audité</translation>
    </message>
    <message>
        <source>Set the rules of the audit log, or turn it off.</source>
        <translation>Fixer les règles du journal d’audit, ou l’arrêter.</translation>
    </message>
    <message>
        <source>read the audit log</source>
        <translation>lire le journal d’audit</translation>
    </message>
    <message>
        <source>Hear what the kernel writes down about all.</source>
        <translation>Entendre ce que le noyau note sur tous.</translation>
    </message>
    <message>
        <source>pass by security labels</source>
        <translation>passer outre les étiquettes de sécurité</translation>
    </message>
    <message>
        <source>Rules of a security module (Smack) hold it back no more.</source>
        <translation>Les règles d’un module de sécurité (Smack) ne le retiennent plus.</translation>
    </message>
    <message>
        <source>change security labels</source>
        <translation>changer les étiquettes de sécurité</translation>
    </message>
    <message>
        <source>Set the rules and labels of a security module.</source>
        <translation>Fixer les règles et les étiquettes d’un module de sécurité.</translation>
    </message>
    <message>
        <source>put a file system on a folder</source>
        <translation>poser un système de fichiers sur un dossier</translation>
    </message>
    <message>
        <source>take one away</source>
        <translation>en retirer un</translation>
    </message>
    <message>
        <source>change the root of all</source>
        <translation>changer la racine de tout</translation>
    </message>
    <message>
        <source>make new namespaces</source>
        <translation>créer de nouveaux espaces de noms</translation>
    </message>
    <message>
        <source>enter others&apos; namespaces</source>
        <translation>entrer dans les espaces d’autres</translation>
    </message>
    <message>
        <source>make processes, in namespaces, too</source>
        <translation>créer des processus, aussi dans des espaces</translation>
    </message>
    <message>
        <source>hold and change a process</source>
        <translation>retenir et modifier un processus</translation>
    </message>
    <message>
        <source>read another one&apos;s memory</source>
        <translation>lire la mémoire d’un autre</translation>
    </message>
    <message>
        <source>set a clock</source>
        <translation>régler une horloge</translation>
    </message>
    <message>
        <source>set the date and the time</source>
        <translation>régler la date et l’heure</translation>
    </message>
    <message>
        <source>load a kernel module</source>
        <translation>charger un module du noyau</translation>
    </message>
    <message>
        <source>the same, from a file</source>
        <translation>de même, depuis un fichier</translation>
    </message>
    <message>
        <source>replace the running kernel</source>
        <translation>remplacer le noyau en marche</translation>
    </message>
    <message>
        <source>swap memory to a disk</source>
        <translation>échanger la mémoire vers un disque</translation>
    </message>
    <message>
        <source>load programs into the kernel</source>
        <translation>charger des programmes dans le noyau</translation>
    </message>
    <message>
        <source>measure processes and kernel</source>
        <translation>mesurer processus et noyau</translation>
    </message>
    <message>
        <source>use the kernel&apos;s key rings</source>
        <translation>utiliser les trousseaux du noyau</translation>
    </message>
    <message>
        <source>put a key into one</source>
        <translation>y mettre une clé</translation>
    </message>
    <message>
        <source>open files past their paths</source>
        <translation>ouvrir des fichiers hors chemin</translation>
    </message>
    <message>
        <source>handle faults of memory itself</source>
        <translation>gérer soi-même les fautes de mémoire</translation>
    </message>
    <message>
        <source>hand the kernel work past the filter</source>
        <translation>faire travailler le noyau hors du filtre</translation>
    </message>
    <message>
        <source>behave like another system</source>
        <translation>se comporter comme un autre système</translation>
    </message>
    <message>
        <source>set quotas of disks</source>
        <translation>fixer les quotas des disques</translation>
    </message>
    <message>
        <source>talk to others</source>
        <translation>parler aux autres</translation>
    </message>
</context>
<context>
    <name>RightsView</name>
    <message>
        <source>allowed</source>
        <translation>permis</translation>
    </message>
    <message>
        <source>depends on its arguments</source>
        <translation>dépend des arguments</translation>
    </message>
    <message>
        <source>refused (%1)</source>
        <translation>refusé (%1)</translation>
    </message>
    <message>
        <source>ends the process</source>
        <translation>termine le processus</translation>
    </message>
    <message>
        <source>an agent decides</source>
        <translation>un agent décide</translation>
    </message>
    <message>
        <source>The filter lets it through. Whether it may do what it asks for the kernel decides then, by capabilities, ids and permissions.</source>
        <translation>Le filtre le laisse passer. S’il peut faire ce qu’il demande, le noyau le décide ensuite, par les capacités, les identifiants et les permissions.</translation>
    </message>
    <message>
        <source>The filter looks at the arguments: with some the call goes through, with others it fails (%1).</source>
        <translation>Le filtre regarde les arguments : avec certains l’appel passe, avec d’autres il échoue (%1).</translation>
    </message>
    <message>
        <source>The kernel does not even look at it: the call fails with %1.</source>
        <translation>Le noyau ne le regarde même pas&#xa0;: l’appel échoue avec %1.</translation>
    </message>
    <message>
        <source>Whoever makes this call is ended by a signal.</source>
        <translation>Qui fait cet appel est terminé par un signal.</translation>
    </message>
    <message>
        <source>Another process outside decides each time.</source>
        <translation>Un autre processus, au-dehors, décide à chaque fois.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>%1, on this machine</source>
        <translation>%1, sur cette machine</translation>
    </message>
    <message>
        <source>%1, inside alone</source>
        <translation>%1, à l’intérieur seulement</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>%1 manque</translation>
    </message>
    <message>
        <source>%1 counts inside alone</source>
        <translation>%1 ne compte qu’à l’intérieur</translation>
    </message>
    <message>
        <source>seccomp refuses %1</source>
        <translation>seccomp refuse %1</translation>
    </message>
    <message>
        <source>none: all system calls</source>
        <translation>aucun&#xa0;: tous les appels système</translation>
    </message>
    <message>
        <source>strict: read, write, exit</source>
        <translation>strict&#xa0;: read, write, exit</translation>
    </message>
    <message>
        <source>filtered</source>
        <translation>filtré</translation>
    </message>
    <message numerus="yes">
        <source>%n filters</source>
        <translation>
            <numerusform>%n filtre</numerusform>
            <numerusform>%n filtres</numerusform>
        </translation>
    </message>
    <message>
        <source>User namespace</source>
        <translation>Espace de noms utilisateur</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>propre</translation>
    </message>
    <message>
        <source>the machine&apos;s</source>
        <translation>de la machine</translation>
    </message>
    <message>
        <source>System calls (seccomp)</source>
        <translation>Appels système (seccomp)</translation>
    </message>
    <message>
        <source>no_new_privs</source>
        <translation>no_new_privs</translation>
    </message>
    <message>
        <source>set: it gains nothing by programs</source>
        <translation>mis&#xa0;: un programme n’y ajoute rien</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>non défini</translation>
    </message>
    <message>
        <source>What %1 may do</source>
        <translation>Ce que peut %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3 capabilities</source>
        <translation>%1&#xa0;: %2 capacités sur %3</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>%1: may it …</source>
        <translation>%1 : peut-il …</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>May it %1? %2: %3.</source>
        <extracomment>%1: &quot;set the clock&quot;, %2: yes or no, %3: why.</extracomment>
        <translation>Peut-il %1&#xa0;? %2&#xa0;: %3.</translation>
    </message>
    <message>
        <source>What the filter says to system calls</source>
        <translation>Ce que le filtre dit aux appels système</translation>
    </message>
    <message>
        <source>System call %1, to %2: %3.</source>
        <translation>Appel système %1, pour %2&#xa0;: %3.</translation>
    </message>
    <message>
        <source>May it %1? %2</source>
        <translation>Peut-il %1&#xa0;? %2</translation>
    </message>
    <message>
        <source>It has %1, and its user namespace is the machine&apos;s: it counts on the whole machine.</source>
        <translation>Il a %1, et son espace de noms utilisateur est celui de la machine&#xa0;: elle compte sur toute la machine.</translation>
    </message>
    <message>
        <source>It has %1, but in its own user namespace: it counts for what belongs to that one, and nothing on the machine.</source>
        <translation>Il a %1, mais dans son propre espace de noms utilisateur&#xa0;: elle compte pour ce qui appartient à celui-ci, et pour rien sur la machine.</translation>
    </message>
    <message>
        <source>%1 is missing in its effective set.</source>
        <translation>%1 manque dans son ensemble effectif.</translation>
    </message>
    <message>
        <source>It has %1, but the kernel asks for this one in the machine&apos;s user namespace, and it is in its own: the kernel says no (EPERM).</source>
        <translation>Il a %1, mais le noyau la demande dans l’espace de noms utilisateur de la machine, et il est dans le sien&#xa0;: le noyau dit non (EPERM).</translation>
    </message>
    <message>
        <source>It has %1, but its seccomp filter refuses %2 before anybody asks for it.</source>
        <translation>Il a %1, mais son filtre seccomp refuse %2 avant que quiconque la demande.</translation>
    </message>
    <message>
        <source>inheritable</source>
        <translation>héritable</translation>
    </message>
    <message>
        <source>permitted</source>
        <translation>permis</translation>
    </message>
    <message>
        <source>effective</source>
        <translation>effectif</translation>
    </message>
    <message>
        <source>bounding</source>
        <translation>limite</translation>
    </message>
    <message>
        <source>ambient</source>
        <translation>ambiant</translation>
    </message>
    <message>
        <source>In its set</source>
        <translation>Dans son ensemble</translation>
    </message>
    <message>
        <source>System call</source>
        <translation>Appel système</translation>
    </message>
    <message>
        <source>The filter says</source>
        <translation>Le filtre dit</translation>
    </message>
    <message>
        <source>Its user namespace</source>
        <translation>Son espace de noms utilisateur</translation>
    </message>
    <message>
        <source>It has one of its own: even all capabilities there are none on the machine. That is what makes root in a container harmless.</source>
        <translation>Il en a un à lui&#xa0;: même toutes les capacités de là n’en sont aucune sur la machine. C’est ce qui rend inoffensif le root d’un conteneur.</translation>
    </message>
    <message>
        <source>It is in the machine&apos;s: each capability that it has counts on the whole machine.</source>
        <translation>C’est celui de la machine&#xa0;: chaque capacité qu’il a compte sur toute la machine.</translation>
    </message>
    <message>
        <source>seccomp: a filter for system calls</source>
        <translation>seccomp&#xa0;: un filtre d’appels système</translation>
    </message>
    <message>
        <source>A program of the kernel&apos;s own small language looks at each system call before it begins. Once put on it stays, for all children, too.</source>
        <translation>Un programme dans le petit langage du noyau regarde chaque appel système avant qu’il commence. Une fois posé il reste, pour tous les enfants aussi.</translation>
    </message>
    <message>
        <source>When it is set, no program that is started gives more rights: set-user-id bits and file capabilities (sudo, ping) count nothing.</source>
        <translation>Quand il est mis, aucun programme lancé ne donne plus de droits&#xa0;: les bits set-user-id et les capacités des fichiers (sudo, ping) ne comptent pas.</translation>
    </message>
    <message>
        <source>%1(2): %2</source>
        <translation>%1(2)&#xa0;: %2</translation>
    </message>
    <message>
        <source>What it is for: to %1.</source>
        <translation>À quoi il sert&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Its number on this machine is %1.</source>
        <translation>Son numéro sur cette machine est %1.</translation>
    </message>
    <message>
        <source>It needs %1 in addition: %2.</source>
        <translation>Il faut en plus %1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>the seccomp filter</source>
        <translation>le filtre seccomp</translation>
    </message>
    <message numerus="yes">
        <source>root was once a yes to everything. Linux has cut it into %n capabilities, and the kernel asks for one of them at each privileged act.</source>
        <translation>
            <numerusform>root disait jadis oui à tout. Linux l’a découpé en %n capacité, et le noyau en demande une à chaque acte privilégié.</numerusform>
            <numerusform>root disait jadis oui à tout. Linux l’a découpé en %n capacités, et le noyau en demande une à chaque acte privilégié.</numerusform>
        </translation>
    </message>
    <message>
        <source>What it has counts in its own user namespace: for its own mounts, network and processes. On the machine it is an ordinary user without any right.</source>
        <translation>Ce qu’il a compte dans son propre espace de noms utilisateur&#xa0;: pour ses montages, son réseau et ses processus. Sur la machine, c’est un utilisateur ordinaire sans aucun droit.</translation>
    </message>
    <message>
        <source>Its user namespace is the machine&apos;s: what it has it has for the whole machine.</source>
        <translation>Son espace de noms utilisateur est celui de la machine&#xa0;: ce qu’il a, il l’a pour toute la machine.</translation>
    </message>
    <message>
        <source>Before that, its seccomp filter decides which system calls reach the kernel at all. The search field finds any of them.</source>
        <translation>Avant cela, son filtre seccomp décide quels appels système atteignent le noyau. Le champ de recherche les trouve tous.</translation>
    </message>
</context>
<context>
    <name>RowShape</name>
    <message>
        <source>Add a device</source>
        <translation>Ajouter un périphérique</translation>
    </message>
    <message>
        <source>everyone on your network</source>
        <translation>tous sur votre réseau</translation>
    </message>
    <message>
        <source>only this computer</source>
        <translation>cet ordinateur seul</translation>
    </message>
    <message>
        <source>whoever reaches %1</source>
        <translation>qui atteint %1</translation>
    </message>
    <message>
        <source>Address of this computer</source>
        <translation>Adresse de cet ordinateur</translation>
    </message>
    <message>
        <source>Port here</source>
        <translation>Port ici</translation>
    </message>
    <message>
        <source>Port inside</source>
        <translation>Port dedans</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocole</translation>
    </message>
    <message>
        <source>Add a port</source>
        <translation>Ajouter un port</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NOM</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valeur</translation>
    </message>
    <message>
        <source>Add a variable</source>
        <translation>Ajouter une variable</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nom</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>Ajouter une étiquette</translation>
    </message>
    <message>
        <source>Add an annotation</source>
        <translation>Ajouter une annotation</translation>
    </message>
    <message>
        <source>Add a log option</source>
        <translation>Ajouter une option</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>Ajouter un réglage</translation>
    </message>
    <message>
        <source>Add a limit</source>
        <translation>Ajouter une limite</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ajouter un dossier</translation>
    </message>
    <message>
        <source>Add a host</source>
        <translation>Ajouter un hôte</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Ajouter une règle</translation>
    </message>
    <message>
        <source>Add a capability</source>
        <translation>Ajouter une capacité</translation>
    </message>
    <message>
        <source>Add a group</source>
        <translation>Ajouter un groupe</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Ajouter un serveur</translation>
    </message>
    <message>
        <source>Add a domain</source>
        <translation>Ajouter un domaine</translation>
    </message>
    <message>
        <source>Add an option</source>
        <translation>Ajouter une option</translation>
    </message>
    <message>
        <source>this computer&apos;s own files</source>
        <translation>fichiers de cet ordinateur</translation>
    </message>
    <message>
        <source>gone when it stops</source>
        <translation>perdu à l’arrêt</translation>
    </message>
    <message>
        <source>a new one without a name</source>
        <translation>un nouveau, sans nom</translation>
    </message>
    <message>
        <source>stays when it is removed</source>
        <translation>survit au conteneur</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Volume, or folder here</source>
        <translation>Volume, ou dossier ici</translation>
    </message>
    <message>
        <source>Path inside</source>
        <translation>Chemin à l’intérieur</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>more</source>
        <translation>plus</translation>
    </message>
    <message>
        <source>Add a mount</source>
        <translation>Ajouter un montage</translation>
    </message>
    <message>
        <source>File here</source>
        <translation>Fichier ici</translation>
    </message>
    <message>
        <source>Add a secret file</source>
        <translation>Ajouter un fichier secret</translation>
    </message>
    <message>
        <source>a container&apos;s name</source>
        <translation>nom d’un conteneur</translation>
    </message>
    <message>
        <source>Add a container</source>
        <translation>Ajouter un conteneur</translation>
    </message>
</context>
<context>
    <name>RunPages</name>
    <message>
        <source>&amp;Simple</source>
        <translation>&amp;Simple</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>&amp;Commande</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Réseau</translation>
    </message>
    <message>
        <source>Names it looks up</source>
        <translation>Les noms qu’il cherche</translation>
    </message>
    <message>
        <source>&amp;Limits</source>
        <translation>&amp;Limites</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Noyau</translation>
    </message>
    <message>
        <source>Restart &amp;&amp; &amp;health</source>
        <translation>Relance &amp;&amp; sa&amp;nté</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Relance</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>Séc&amp;urité</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>What it shares</source>
        <translation>Ce qu’il partage</translation>
    </message>
    <message>
        <source>No protection</source>
        <translation>Sans protection</translation>
    </message>
    <message>
        <source>What runs inside can take over this computer. Do this for programs that you trust as you trust an administrator.</source>
        <translation>Ce qui s’exécute à l’intérieur peut prendre le contrôle de cet ordinateur. Ne le faites que pour des programmes à qui vous faites confiance comme à un administrateur.</translation>
    </message>
    <message>
        <source>&amp;Devices</source>
        <translation>&amp;Périphériques</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Disques</translation>
    </message>
    <message>
        <source>La&amp;bels &amp;&amp; log</source>
        <translation>Étiquettes &amp;&amp; &amp;journal</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>Importer un fichier…</translation>
    </message>
    <message>
        <source>Choose a file of variables</source>
        <translation>Choisir un fichier de variables</translation>
    </message>
    <message>
        <source>Import variables</source>
        <translation>Importer des variables</translation>
    </message>
    <message>
        <source>Publish port %1</source>
        <translation>Publier le port %1</translation>
    </message>
    <message>
        <source>The image listens on</source>
        <translation>L’image écoute sur</translation>
    </message>
    <message>
        <source>It is not on this machine yet: pull it first.</source>
        <translation>Elle n’est pas encore sur cette machine&#xa0;: téléchargez-la d’abord.</translation>
    </message>
    <message>
        <source>Its own name</source>
        <translation>Son propre nom</translation>
    </message>
    <message>
        <source>%1: %2, with names</source>
        <translation>%1&#xa0;: %2, avec des noms</translation>
    </message>
    <message>
        <source>&amp;Volumes &amp;&amp; mounts</source>
        <translation>&amp;Volumes et montages</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Secrets</translation>
    </message>
    <message>
        <source>Mount the volume %1</source>
        <translation>Monter le volume %1</translation>
    </message>
    <message>
        <source>Your volumes</source>
        <translation>Vos volumes</translation>
    </message>
</context>
<context>
    <name>RunSources</name>
    <message>
        <source>cannot open %1</source>
        <translation>impossible d’ouvrir %1</translation>
    </message>
    <message>
        <source>cannot make %1</source>
        <translation>impossible de créer %1</translation>
    </message>
</context>
<context>
    <name>SightText</name>
    <message>
        <source>Sees it</source>
        <translation>Le voit</translation>
    </message>
    <message>
        <source>May send it signals</source>
        <translation>Peut lui envoyer des signaux</translation>
    </message>
    <message>
        <source>May read its memory</source>
        <translation>Peut lire sa mémoire</translation>
    </message>
    <message>
        <source>Sees the same files</source>
        <translation>Voit les mêmes fichiers</translation>
    </message>
    <message>
        <source>Reaches it on 127.0.0.1</source>
        <translation>Le joint par 127.0.0.1</translation>
    </message>
    <message>
        <source>Finds its shared memory</source>
        <translation>Trouve sa mémoire partagée</translation>
    </message>
    <message>
        <source>Has the same host name</source>
        <translation>A le même nom d’hôte</translation>
    </message>
    <message>
        <source>Calls users by the same ids</source>
        <translation>A les mêmes identifiants d’utilisateurs</translation>
    </message>
    <message>
        <source>Sees the same cgroups</source>
        <translation>Voit les mêmes cgroups</translation>
    </message>
    <message>
        <source>Reads the same clocks</source>
        <translation>Lit les mêmes horloges</translation>
    </message>
    <message>
        <source>Does %1 see %2?</source>
        <translation>%1 voit-il %2&#xa0;?</translation>
    </message>
    <message>
        <source>May %1 send signals to %2?</source>
        <translation>%1 peut-il envoyer des signaux à %2&#xa0;?</translation>
    </message>
    <message>
        <source>May %1 read the memory of %2?</source>
        <translation>%1 peut-il lire la mémoire de %2&#xa0;?</translation>
    </message>
    <message>
        <source>Does %1 see the same files as %2?</source>
        <translation>%1 voit-il les mêmes fichiers que %2&#xa0;?</translation>
    </message>
    <message>
        <source>Does %1 reach %2 on 127.0.0.1?</source>
        <translation>%1 joint-il %2 par 127.0.0.1&#xa0;?</translation>
    </message>
    <message>
        <source>Does %1 find the shared memory of %2?</source>
        <translation>%1 trouve-t-il la mémoire partagée de %2&#xa0;?</translation>
    </message>
    <message>
        <source>Has %1 the same host name as %2?</source>
        <translation>%1 a-t-il le même nom d’hôte que %2&#xa0;?</translation>
    </message>
    <message>
        <source>Do user ids mean the same to %1 and %2?</source>
        <translation>Les identifiants d’utilisateurs ont-ils le même sens pour %1 et %2&#xa0;?</translation>
    </message>
    <message>
        <source>Does %1 see the same cgroups as %2?</source>
        <translation>%1 voit-il les mêmes cgroups que %2&#xa0;?</translation>
    </message>
    <message>
        <source>Does %1 read the same clocks as %2?</source>
        <translation>%1 lit-il les mêmes horloges que %2&#xa0;?</translation>
    </message>
    <message>
        <source>A process sees those of its own pid namespace, and of all that lie inside of it. It never looks outward.</source>
        <translation>Un processus voit ceux de son espace de noms pid, et de tous ceux qui sont à l’intérieur. Il ne regarde jamais vers l’extérieur.</translation>
    </message>
    <message>
        <source>It must see the other one, and have the same user id or CAP_KILL in the other&apos;s user namespace.</source>
        <translation>Il doit voir l’autre, et avoir le même identifiant d’utilisateur ou CAP_KILL dans l’espace de noms utilisateur de l’autre.</translation>
    </message>
    <message>
        <source>It must see the other one, have the same user id and no fewer capabilities, or CAP_SYS_PTRACE in the other&apos;s user namespace. Debuggers work this way.</source>
        <translation>Il doit voir l’autre, avoir le même identifiant d’utilisateur et autant de capacités, ou CAP_SYS_PTRACE dans l’espace de noms utilisateur de l’autre. C’est ainsi que travaillent les débogueurs.</translation>
    </message>
    <message>
        <source>In the same mount namespace a path leads both to the same file. In different ones they can still have a volume in common.</source>
        <translation>Dans le même espace de noms de montage un chemin mène les deux au même fichier. Dans des espaces différents ils peuvent encore avoir un volume en commun.</translation>
    </message>
    <message>
        <source>Each network namespace has a loopback of its own. Processes in different ones talk by the addresses of their interfaces, if a network joins them.</source>
        <translation>Chaque espace de noms réseau a sa propre boucle locale. Des processus d’espaces différents se parlent par les adresses de leurs interfaces, si un réseau les relie.</translation>
    </message>
    <message>
        <source>Segments, semaphores and queues are found by their keys within one ipc namespace.</source>
        <translation>Segments, sémaphores et files se trouvent par leur clé dans un même espace de noms ipc.</translation>
    </message>
    <message>
        <source>sethostname(2) changes the name for all in the same uts namespace.</source>
        <translation>sethostname(2) change le nom pour tous ceux du même espace de noms uts.</translation>
    </message>
    <message>
        <source>A user namespace translates ids. In another one the same number is another user.</source>
        <translation>Un espace de noms utilisateur traduit les identifiants. Dans un autre, le même identifiant est un autre utilisateur.</translation>
    </message>
    <message>
        <source>A cgroup namespace decides what looks like the root of the tree; limits hold in any case.</source>
        <translation>Un espace de noms cgroup décide de ce qui paraît être la racine de l’arbre&#xa0;; les limites valent de toute façon.</translation>
    </message>
    <message>
        <source>Only the clocks that count from the start can differ; the date is one for all.</source>
        <translation>Seules les horloges qui comptent depuis le démarrage peuvent différer&#xa0;; la date est une pour tous.</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>yes, as process %1</source>
        <translation>oui, comme processus %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>they are in the same %1 namespace</source>
        <translation>ils sont dans le même espace de noms %1</translation>
    </message>
    <message>
        <source>different %1 namespaces, neither inside the other</source>
        <translation>espaces de noms %1 différents, aucun dans l’autre</translation>
    </message>
    <message>
        <source>they are in different %1 namespaces</source>
        <translation>ils sont dans des espaces de noms %1 différents</translation>
    </message>
    <message>
        <source>its %1 namespace lies inside the looker&apos;s</source>
        <translation>son espace de noms %1 est dans celui de qui regarde</translation>
    </message>
    <message>
        <source>its %1 namespace lies outside: nobody looks out</source>
        <translation>son espace de noms %1 est dehors&#xa0;: nul ne voit au-dehors</translation>
    </message>
    <message>
        <source>both have the same user id</source>
        <translation>les deux ont le même identifiant d’utilisateur</translation>
    </message>
    <message>
        <source>%1 allows it</source>
        <translation>%1 le permet</translation>
    </message>
    <message>
        <source>another user&apos;s, and %1 is missing</source>
        <translation>à un autre utilisateur, et %1 manque</translation>
    </message>
    <message>
        <source>another user&apos;s, and capabilities count nothing there</source>
        <translation>à un autre utilisateur, et les capacités n’y comptent pas</translation>
    </message>
    <message>
        <source>it has capabilities that the looker lacks</source>
        <translation>il a des capacités qui manquent à qui regarde</translation>
    </message>
    <message>
        <source>the looker&apos;s user has made its user namespace</source>
        <translation>l’utilisateur qui regarde a créé son espace utilisateur</translation>
    </message>
    <message>
        <source>it is the same process</source>
        <translation>c’est le même processus</translation>
    </message>
</context>
<context>
    <name>SightsView</name>
    <message>
        <source>process %1</source>
        <translation>processus %1</translation>
    </message>
    <message>
        <source>inside: %1</source>
        <translation>à l’intérieur&#xa0;: %1</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>utilisateur %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A question and its answer: &quot;Sees it: no&quot;.</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1 %2: %3.</source>
        <extracomment>A whole question, yes or no, and why.</extracomment>
        <translation>%1 %2&#xa0;: %3.</translation>
    </message>
    <message>
        <source>%1, process %2. Return takes it.</source>
        <translation>%1, processus %2. Entrée le prend.</translation>
    </message>
    <message>
        <source>What %1 can see of %2</source>
        <translation>Ce que %1 peut voir de %2</translation>
    </message>
    <message>
        <source>who looks</source>
        <translation>qui regarde</translation>
    </message>
    <message>
        <source>who is looked at</source>
        <translation>qui est regardé</translation>
    </message>
    <message>
        <source>Choose two: first who looks, then who is looked at</source>
        <translation>Choisissez-en deux&#xa0;: d’abord qui regarde, puis qui est regardé</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Cette machine</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <extracomment>Yes or no, and why.</extracomment>
        <translation>%1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>%1 looks at %2</source>
        <translation>%1 regarde %2</translation>
    </message>
    <message numerus="yes">
        <source>Of %1 questions, %n are answered with yes.</source>
        <translation>
            <numerusform>Sur %1 questions, %n a pour réponse oui.</numerusform>
            <numerusform>Sur %1 questions, %n ont pour réponse oui.</numerusform>
        </translation>
    </message>
    <message>
        <source>All answers follow from what both processes are in and from their rights; the kernel asks the same at each system call.</source>
        <translation>Toutes les réponses découlent de ce dans quoi sont les deux processus et de leurs droits&#xa0;; le noyau demande la même chose à chaque appel système.</translation>
    </message>
    <message>
        <source>Choose a question to read its rule. Click a process below, or go there and press Return: the first one looks, the second one is looked at.</source>
        <translation>Choisissez une question pour lire sa règle. Cliquez sur un processus ci-dessous, ou allez-y et appuyez sur Entrée&#xa0;: le premier regarde, le second est regardé.</translation>
    </message>
</context>
<context>
    <name>StackEnvironment</name>
    <message>
        <source>%1 is not set: its default</source>
        <translation>%1 n’est pas définie : sa valeur par défaut</translation>
    </message>
    <message>
        <source>%1 from your environment</source>
        <translation>%1 de votre environnement</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>your environment</source>
        <translation>votre environnement</translation>
    </message>
</context>
<context>
    <name>StackGraph</name>
    <message>
        <source>built here</source>
        <translation>construite ici</translation>
    </message>
    <message>
        <source>left out by its profile</source>
        <translation>exclu par son profil</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>en cours de contrôle</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>en bonne santé</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <translation>en mauvaise santé</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>ended well</source>
        <translation>terminé avec succès</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échouée</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>failed (exit code %1)</source>
        <translation>échouée (code de sortie %1)</translation>
    </message>
    <message>
        <source>%1 of %2 run</source>
        <translation>%1 sur %2 en cours</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Network %1</source>
        <translation>Réseau %1</translation>
    </message>
    <message>
        <source>Volume %1</source>
        <translation>Volume %1</translation>
    </message>
    <message>
        <source>Service %1, %2, image %3</source>
        <translation>Service %1, %2, image %3</translation>
    </message>
    <message>
        <source>ports %1</source>
        <translation>ports %1</translation>
    </message>
    <message>
        <source>needs %1</source>
        <translation>dépend de %1</translation>
    </message>
    <message>
        <source>in networks %1</source>
        <translation>dans les réseaux %1</translation>
    </message>
    <message>
        <source>with volumes %1</source>
        <translation>avec les volumes %1</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>utilisé par %1</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>impossible d’écrire %1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>StackProgress</name>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>building its image…</source>
        <translation>construction de son image…</translation>
    </message>
    <message>
        <source>pulling its image…</source>
        <translation>téléchargement de son image…</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>attend %1</translation>
    </message>
    <message>
        <source>its image could not be had</source>
        <translation>son image n’a pas pu être obtenue</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>échec : %1</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>en bonne santé</translation>
    </message>
    <message>
        <source>ended well</source>
        <translation>terminé avec succès</translation>
    </message>
    <message>
        <source>make network %1</source>
        <translation>créer le réseau %1</translation>
    </message>
    <message>
        <source>remove network %1</source>
        <translation>supprimer le réseau %1</translation>
    </message>
    <message>
        <source>make volume %1</source>
        <translation>créer le volume %1</translation>
    </message>
    <message>
        <source>remove volume %1</source>
        <translation>supprimer le volume %1</translation>
    </message>
    <message>
        <source>make %1</source>
        <translation>créer %1</translation>
    </message>
    <message>
        <source>make %1 anew</source>
        <translation>recréer %1</translation>
    </message>
    <message>
        <source>start %1</source>
        <translation>démarrer %1</translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation>arrêter %1</translation>
    </message>
    <message>
        <source>restart %1</source>
        <translation>redémarrer %1</translation>
    </message>
    <message>
        <source>remove %1</source>
        <translation>supprimer %1</translation>
    </message>
    <message>
        <source>rename %1</source>
        <translation>renommer %1</translation>
    </message>
    <message>
        <source>wait for %1</source>
        <translation>attendre %1</translation>
    </message>
    <message>
        <source>wait for %1: %2</source>
        <translation>attendre %1 : %2</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>done</source>
        <translation>finie</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échouée</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>laissé de côté</translation>
    </message>
    <message>
        <source>Its log says why. Mend its health check or give it more time (start_period), then bring the stack up again: what runs stays as it is.</source>
        <translation>Son journal dit pourquoi. Corrigez son contrôle de santé ou donnez-lui plus de temps (start_period), puis redémarrez la stack : ce qui tourne reste tel quel.</translation>
    </message>
    <message>
        <source>Another program has that port: choose another one under “ports”, or end that program.</source>
        <translation>Un autre programme a ce port : choisissez-en un autre sous « ports », ou terminez ce programme.</translation>
    </message>
    <message>
        <source>Check the image&apos;s name and tag in the file, then bring the stack up again.</source>
        <translation>Vérifiez le nom et l’étiquette de l’image dans le fichier, puis redémarrez la stack.</translation>
    </message>
    <message>
        <source>Its log says why. Mend it, then bring the stack up again: what runs stays as it is.</source>
        <translation>Son journal dit pourquoi. Corrigez, puis redémarrez la stack : ce qui tourne reste tel quel.</translation>
    </message>
    <message>
        <source>Mend it, then bring the stack up again: what runs stays as it is.</source>
        <translation>Corrigez, puis redémarrez la stack : ce qui tourne reste tel quel.</translation>
    </message>
</context>
<context>
    <name>StackRequest</name>
    <message>
        <source>cannot open %1</source>
        <translation>impossible d’ouvrir %1</translation>
    </message>
    <message>
        <source>%1 is no file</source>
        <translation>%1 n’est pas un fichier</translation>
    </message>
    <message>
        <source>cannot make the folder %1</source>
        <translation>impossible de créer le dossier %1</translation>
    </message>
    <message>
        <source>a file of the stack is larger than %1 KiB</source>
        <translation>un fichier de la pile dépasse %1 Kio</translation>
    </message>
    <message>
        <source>no ssh agent runs</source>
        <translation>aucun agent ssh n’est en marche</translation>
    </message>
    <message>
        <source>Start one, so that SSH_AUTH_SOCK names it.</source>
        <translation>Démarrez-en un, de sorte que SSH_AUTH_SOCK le désigne.</translation>
    </message>
</context>
<context>
    <name>StackTimeline</name>
    <message>
        <source>image of %1</source>
        <translation>image de %1</translation>
    </message>
    <message>
        <source>pull</source>
        <translation>téléchargement</translation>
    </message>
    <message>
        <source>build</source>
        <translation>construction</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>attend %1</translation>
    </message>
    <message>
        <source>%1, from %2, %3</source>
        <translation>%1, à partir de %2, %3</translation>
    </message>
</context>
<context>
    <name>StackTrace</name>
    <message>
        <source>Bring %1 up</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>Take %1 down</source>
        <translation>Supprimer %1</translation>
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
        <source>Restart %1</source>
        <translation>Redémarrer %1</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>Tuer %1</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Mettre en pause %1</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Remove what is stopped of %1</source>
        <translation>Supprimer ce qui est arrêté de %1</translation>
    </message>
    <message>
        <source>Scale %1</source>
        <translation>Redimensionner %1</translation>
    </message>
    <message>
        <source>Run a command of %1</source>
        <translation>Exécuter une commande de %1</translation>
    </message>
    <message>
        <source>Build the images of %1</source>
        <translation>Construire les images de %1</translation>
    </message>
    <message>
        <source>Pull the images of %1</source>
        <translation>Télécharger les images de %1</translation>
    </message>
    <message>
        <source>Push the images of %1</source>
        <translation>Publier les images de %1</translation>
    </message>
    <message>
        <source>Run a command in %1</source>
        <translation>Exécuter une commande dans %1</translation>
    </message>
    <message>
        <source>Your own process reads the Compose files and opens the folders and files that they name; the engine gets descriptors over a socket pair (socketpair(2)), no path</source>
        <translation>Votre propre processus lit les fichiers Compose et ouvre les dossiers et fichiers qu’ils nomment ; le moteur reçoit des descripteurs par une paire de sockets (socketpair(2)), aucun chemin</translation>
    </message>
    <message>
        <source>Networks first: a bridge each, with its nftables rules and its name server</source>
        <translation>Les réseaux d’abord : un pont chacun, avec ses règles nftables et son serveur de noms</translation>
    </message>
    <message>
        <source>Then containers, several at once, each when those that it depends on are started, healthy or ended; every one is namespaces, a cgroup and an overlay of its own</source>
        <translation>Puis les conteneurs, plusieurs à la fois, chacun quand ceux dont il dépend sont démarrés, sains ou terminés ; chacun a ses espaces de noms, son cgroup et son overlay</translation>
    </message>
    <message>
        <source>Labels on them say whose they are, so that docker compose would know them, too</source>
        <translation>Des labels disent à qui ils sont, si bien que docker compose les reconnaîtrait aussi</translation>
    </message>
    <message>
        <source>Whoever depends on others ends first: each container&apos;s processes get its stop signal, and SIGKILL when their time is over</source>
        <translation>Qui dépend d’autres se termine d’abord : les processus de chaque conteneur reçoivent son signal d’arrêt, et SIGKILL quand leur temps est écoulé</translation>
    </message>
</context>
<context>
    <name>StacksModel</name>
    <message>
        <source>not brought up</source>
        <translation>pas démarrée</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n container(s) run</source>
        <translation>
            <numerusform>%1 conteneur sur %n en cours</numerusform>
            <numerusform>%1 conteneurs sur %n en cours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) run</source>
        <translation>
            <numerusform>%n conteneur en cours</numerusform>
            <numerusform>%n conteneurs en cours</numerusform>
        </translation>
    </message>
    <message>
        <source>ON THIS MACHINE</source>
        <translation>SUR CETTE MACHINE</translation>
    </message>
    <message>
        <source>OPENED BEFORE</source>
        <translation>OUVERTES AVANT</translation>
    </message>
</context>
<context>
    <name>StepText</name>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>en cache</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>done</source>
        <translation>finie</translation>
    </message>
    <message>
        <source>failed (exit code %1)</source>
        <translation>échouée (code de sortie %1)</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>échouée</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annulée</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1, of %2, line %3: %4</source>
        <translation>%1, de %2, ligne %3 : %4</translation>
    </message>
    <message>
        <source>not built yet</source>
        <translation>pas encore construite</translation>
    </message>
</context>
<context>
    <name>Topology</name>
    <message>
        <source>Topology of the networks</source>
        <translation>Topologie des réseaux</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>impossible d’écrire %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Extérieur</translation>
    </message>
    <message>
        <source>local network, Internet</source>
        <translation>réseau local, Internet</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>Routage</translation>
    </message>
    <message>
        <source>up</source>
        <translation>active</translation>
    </message>
    <message>
        <source>down</source>
        <translation>inactive</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Aucun réseau</translation>
    </message>
    <message>
        <source>none, or this machine&apos;s own</source>
        <translation>none, ou celui de cet ordinateur</translation>
    </message>
    <message>
        <source>Outside: the local network and the Internet</source>
        <translation>Extérieur&#xa0;: le réseau local et Internet</translation>
    </message>
    <message>
        <source>Interface %1 of this machine</source>
        <translation>Interface %1 de cet ordinateur</translation>
    </message>
    <message>
        <source>Routing and nftables of this machine</source>
        <translation>Routage et nftables de cet ordinateur</translation>
    </message>
    <message>
        <source>Published port %1</source>
        <translation>Port publié %1</translation>
    </message>
    <message>
        <source>reached by: %1</source>
        <translation>joint par&#xa0;: %1</translation>
    </message>
    <message>
        <source>Network %1</source>
        <translation>Réseau %1</translation>
    </message>
    <message>
        <source>Container %1</source>
        <translation>Conteneur %1</translation>
    </message>
    <message>
        <source>connected to %1</source>
        <translation>connecté à %1</translation>
    </message>
    <message>
        <source>Connection from %1 to %2</source>
        <translation>Liaison de %1 à %2</translation>
    </message>
    <message>
        <source>veth pair %1 and %2</source>
        <translation>paire veth %1 et %2</translation>
    </message>
    <message numerus="yes">
        <source>DNS: %n name(s)</source>
        <translation>
            <numerusform>DNS : %n nom</numerusform>
            <numerusform>DNS : %n noms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UserIdsView</name>
    <message>
        <source>root of this machine</source>
        <translation>root de cette machine</translation>
    </message>
    <message>
        <source>root&apos;s group</source>
        <translation>groupe de root</translation>
    </message>
    <message>
        <source>you</source>
        <translation>vous</translation>
    </message>
    <message>
        <source>your group</source>
        <translation>votre groupe</translation>
    </message>
    <message>
        <source>Ids %1 on this machine belong to the container.</source>
        <translation>Les identifiants %1 de cette machine sont au conteneur.</translation>
    </message>
    <message>
        <source>Ids %1 inside are mapped.</source>
        <translation>Les identifiants %1 de l’intérieur sont traduits.</translation>
    </message>
    <message>
        <source>others&apos;</source>
        <translation>à d’autres</translation>
    </message>
    <message>
        <source>not mapped</source>
        <translation>non traduits</translation>
    </message>
    <message>
        <source>Ids %1 of this machine are not the container&apos;s.</source>
        <translation>Les identifiants %1 de cette machine ne sont pas au conteneur.</translation>
    </message>
    <message>
        <source>Ids %1 inside are not mapped: nobody can have them.</source>
        <translation>Les identifiants %1 de l’intérieur ne sont pas traduits&#xa0;: personne ne peut les avoir.</translation>
    </message>
    <message>
        <source>%1 on this machine is %2 inside.</source>
        <translation>%1 sur cette machine est %2 à l’intérieur.</translation>
    </message>
    <message>
        <source>%1 on this machine is nobody inside.</source>
        <translation>%1 sur cette machine n’est personne à l’intérieur.</translation>
    </message>
    <message>
        <source>%1 inside is %2 on this machine.</source>
        <translation>%1 à l’intérieur est %2 sur cette machine.</translation>
    </message>
    <message>
        <source>User ids, and group ids alike</source>
        <translation>Identifiants d’utilisateurs, et de groupes de même</translation>
    </message>
    <message>
        <source>User ids</source>
        <translation>Identifiants d’utilisateurs</translation>
    </message>
    <message>
        <source>Group ids</source>
        <translation>Identifiants de groupes</translation>
    </message>
    <message>
        <source>Inside %1</source>
        <translation>À l’intérieur de %1</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Sur cet ordinateur</translation>
    </message>
    <message>
        <source>Nothing is mapped: all are nobody (65534).</source>
        <translation>Rien n’est traduit&#xa0;: tous sont nobody (65534).</translation>
    </message>
    <message>
        <source>User ids of %1, inside and outside</source>
        <translation>Identifiants d’utilisateurs de %1, à l’intérieur et à l’extérieur</translation>
    </message>
    <message>
        <source>users, groups</source>
        <translation>utilisateurs, groupes</translation>
    </message>
    <message>
        <source>users</source>
        <translation>utilisateurs</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>groupes</translation>
    </message>
    <message>
        <source>Who is who</source>
        <translation>Qui est qui</translation>
    </message>
    <message>
        <source>A process has one user id in the kernel. A user namespace is a table that says how it is called inside: a band leads from the ids inside to those of this machine.</source>
        <translation>Un processus a un seul identifiant d’utilisateur dans le noyau. Un espace de noms utilisateur est une table qui dit comment il s’appelle à l’intérieur&#xa0;: une bande mène des identifiants de l’intérieur à ceux de cette machine.</translation>
    </message>
    <message>
        <source>Root of %1 is an id here that owns nothing but this container&apos;s files. Should it get out, it may do nothing.</source>
        <translation>Le root de %1 est ici un identifiant qui ne possède que les fichiers de ce conteneur. S’il s’échappait, il ne pourrait rien.</translation>
    </message>
    <message>
        <source>Here the ids are the machine&apos;s own: root inside is root of this machine. Only capabilities, seccomp and the other namespaces hold it back.</source>
        <translation>Ici les identifiants sont ceux de la machine&#xa0;: root à l’intérieur est root de cette machine. Seuls les capacités, seccomp et les autres espaces de noms le retiennent.</translation>
    </message>
    <message>
        <source>An id that no band touches does not exist inside: files of such an owner seem to be nobody&apos;s (65534).</source>
        <translation>Un identifiant qu’aucune bande ne touche n’existe pas à l’intérieur&#xa0;: les fichiers d’un tel propriétaire semblent être à nobody (65534).</translation>
    </message>
    <message>
        <source>Small ids take more room than large ones: the scale is a logarithm&apos;s.</source>
        <translation>Les petits identifiants prennent plus de place que les grands&#xa0;: l’échelle est logarithmique.</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Intérieur</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Combien</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message numerus="yes">
        <source>%n ids in a row</source>
        <translation>
            <numerusform>%n identifiant de suite</numerusform>
            <numerusform>%n identifiants de suite</numerusform>
        </translation>
    </message>
    <message>
        <source>What is %1 inside is %2 on this machine.</source>
        <translation>Ce qui est %1 à l’intérieur est %2 sur cette machine.</translation>
    </message>
    <message>
        <source>The kernel has it as one line of /proc/PID/uid_map: first id inside, first id outside, how many.</source>
        <translation>Le noyau l’a sur une ligne de /proc/PID/uid_map&#xa0;: premier identifiant à l’intérieur, premier à l’extérieur, combien.</translation>
    </message>
    <message>
        <source>%1 inside is %2 here</source>
        <translation>%1 à l’intérieur est %2 ici</translation>
    </message>
    <message>
        <source>%1 is nobody inside</source>
        <translation>%1 n’est personne à l’intérieur</translation>
    </message>
    <message>
        <source>Processes of the container that have it now: %1.</source>
        <translation>Processus du conteneur qui l’ont en ce moment&#xa0;: %1.</translation>
    </message>
    <message>
        <source>On this machine: %1.</source>
        <translation>Sur cette machine&#xa0;: %1.</translation>
    </message>
    <message>
        <source>No process inside can become this user, and its files seem to be nobody&apos;s (65534) in there.</source>
        <translation>Aucun processus de l’intérieur ne peut devenir cet utilisateur, et ses fichiers y semblent être à nobody (65534).</translation>
    </message>
    <message>
        <source>Not mapped</source>
        <translation>Non traduit</translation>
    </message>
    <message>
        <source>No process inside can have one of these ids: setuid(2) to it fails with EINVAL.</source>
        <translation>Aucun processus de l’intérieur ne peut avoir un de ces identifiants&#xa0;: setuid(2) échoue avec EINVAL.</translation>
    </message>
    <message>
        <source>Not the container&apos;s</source>
        <translation>Pas au conteneur</translation>
    </message>
    <message>
        <source>Ids of this machine&apos;s users, of its services and of other containers. Nobody inside can become one of them.</source>
        <translation>Identifiants des utilisateurs de cette machine, de ses services et d’autres conteneurs. Personne à l’intérieur ne peut devenir l’un d’eux.</translation>
    </message>
</context>
<context>
    <name>VolumeText</name>
    <message>
        <source>made for a container that is gone</source>
        <translation>créé pour un conteneur disparu</translation>
    </message>
    <message>
        <source>made for %1, at %2</source>
        <translation>créé pour %1, dans %2</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>mémoire</translation>
    </message>
    <message>
        <source>Its files are on a server of the network (NFS).</source>
        <translation>Ses fichiers sont sur un serveur du réseau (NFS).</translation>
    </message>
    <message>
        <source>A name for a folder of this machine.</source>
        <translation>Un nom pour un dossier de cette machine.</translation>
    </message>
    <message>
        <source>Its files are in memory, as long as a container that uses it runs.</source>
        <translation>Ses fichiers sont en mémoire, tant que tourne un conteneur qui l’utilise.</translation>
    </message>
    <message>
        <source>Its files are on a device with a file system.</source>
        <translation>Ses fichiers sont sur un périphérique avec un système de fichiers.</translation>
    </message>
    <message>
        <source>Its files are on this machine, kept by Escale.</source>
        <translation>Ses fichiers sont sur cette machine, gardés par Escale.</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>%1 (running)</source>
        <translation>%1 (en marche)</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>being mounted</source>
        <translation>montage en cours</translation>
    </message>
    <message>
        <source>mounted</source>
        <translation>monté</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>ne répond pas</translation>
    </message>
    <message>
        <source>could not be mounted</source>
        <translation>n’a pas pu être monté</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisé</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>inutilisé</translation>
    </message>
    <message>
        <source>at rest</source>
        <translation>au repos</translation>
    </message>
    <message>
        <source>nobody has counted what is in it</source>
        <translation>son contenu n’est pas compté</translation>
    </message>
    <message>
        <source>nothing is in it</source>
        <translation>il est vide</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n file(s)</source>
        <translation>
            <numerusform>%1 dans %n fichier</numerusform>
            <numerusform>%1 dans %n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>no container has used it yet</source>
        <translation>aucun conteneur ne l’a encore utilisé</translation>
    </message>
    <message>
        <source>last used: %1</source>
        <translation>dernier usage&#xa0;: %1</translation>
    </message>
    <message>
        <source>Nothing was in it when it was counted, %1; %2.</source>
        <translation>Il était vide quand il a été compté, %1&#xa0;; %2.</translation>
    </message>
    <message>
        <source>(counted %1)</source>
        <translation>(compté %1)</translation>
    </message>
    <message>
        <source>What would be lost: %1; %2.</source>
        <translation>Ce qui serait perdu&#xa0;: %1&#xa0;; %2.</translation>
    </message>
    <message>
        <source>They are in memory, and there is nothing until a container uses the volume.</source>
        <translation>Ils sont en mémoire, et il n’y a rien tant qu’aucun conteneur n’utilise le volume.</translation>
    </message>
    <message>
        <source>anonymous volume %1, %2</source>
        <translation>volume anonyme %1, %2</translation>
    </message>
    <message>
        <source>volume %1</source>
        <translation>volume %1</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>utilisé par %1</translation>
    </message>
</context>
<context>
    <name>WayBack</name>
    <message>
        <source>start %1</source>
        <translation>démarrer %1</translation>
    </message>
    <message numerus="yes">
        <source>start %n container(s)</source>
        <translation>
            <numerusform>démarrer %n conteneur</numerusform>
            <numerusform>démarrer %n conteneurs</numerusform>
        </translation>
    </message>
    <message>
        <source>stop %1</source>
        <translation>arrêter %1</translation>
    </message>
    <message numerus="yes">
        <source>stop %n container(s)</source>
        <translation>
            <numerusform>arrêter %n conteneur</numerusform>
            <numerusform>arrêter %n conteneurs</numerusform>
        </translation>
    </message>
    <message>
        <source>pause %1</source>
        <translation>mettre %1 en pause</translation>
    </message>
    <message numerus="yes">
        <source>pause %n container(s)</source>
        <translation>
            <numerusform>mettre %n conteneur en pause</numerusform>
            <numerusform>mettre %n conteneurs en pause</numerusform>
        </translation>
    </message>
    <message>
        <source>unpause %1</source>
        <translation>reprendre %1</translation>
    </message>
    <message numerus="yes">
        <source>unpause %n container(s)</source>
        <translation>
            <numerusform>reprendre %n conteneur</numerusform>
            <numerusform>reprendre %n conteneurs</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was started.</source>
        <translation>«&#xa0;%1&#xa0;» a été démarré.</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) were started.</source>
        <translation>
            <numerusform>%n conteneur a été démarré.</numerusform>
            <numerusform>%n conteneurs ont été démarrés.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was stopped.</source>
        <translation>«&#xa0;%1&#xa0;» a été arrêté.</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) were stopped.</source>
        <translation>
            <numerusform>%n conteneur a été arrêté.</numerusform>
            <numerusform>%n conteneurs ont été arrêtés.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was paused.</source>
        <translation>«&#xa0;%1&#xa0;» a été mis en pause.</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) were paused.</source>
        <translation>
            <numerusform>%n conteneur a été mis en pause.</numerusform>
            <numerusform>%n conteneurs ont été mis en pause.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” goes on.</source>
        <translation>«&#xa0;%1&#xa0;» a repris.</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) go on.</source>
        <translation>
            <numerusform>%n conteneur a repris.</numerusform>
            <numerusform>%n conteneurs ont repris.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was started since</source>
        <translation>%1 a été démarré entre-temps</translation>
    </message>
    <message>
        <source>%1 has ended since</source>
        <translation>%1 s’est terminé entre-temps</translation>
    </message>
    <message>
        <source>%1 was unpaused since</source>
        <translation>%1 a repris entre-temps</translation>
    </message>
    <message>
        <source>%1 was paused since</source>
        <translation>%1 a été mis en pause entre-temps</translation>
    </message>
    <message>
        <source>it was renamed to %1 since</source>
        <translation>il a été renommé %1 entre-temps</translation>
    </message>
    <message>
        <source>%1 was changed since</source>
        <translation>%1 a été modifié entre-temps</translation>
    </message>
    <message>
        <source>rename %1</source>
        <translation>renommer %1</translation>
    </message>
    <message>
        <source>“%1” is called “%2” now.</source>
        <translation>«&#xa0;%1&#xa0;» s’appelle maintenant «&#xa0;%2&#xa0;».</translation>
    </message>
    <message>
        <source>change the limits of %1</source>
        <translation>changer les limites de %1</translation>
    </message>
    <message>
        <source>The limits of “%1” were changed.</source>
        <translation>Les limites de «&#xa0;%1&#xa0;» ont été changées.</translation>
    </message>
</context>
<context>
    <name>escale::gui::Action</name>
    <message>
        <source>asked</source>
        <translation>demandé</translation>
    </message>
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
</context>
<context>
    <name>escale::gui::ActionDetails</name>
    <message>
        <source>Docker command</source>
        <translation>Commande docker</translation>
    </message>
    <message>
        <source>Copy the docker command</source>
        <translation>Copier la commande docker</translation>
    </message>
    <message>
        <source>Call to the engine (D-Bus)</source>
        <translation>Appel au moteur (D-Bus)</translation>
    </message>
    <message>
        <source>Copy the call</source>
        <translation>Copier l’appel</translation>
    </message>
    <message>
        <source>What the kernel is asked to do</source>
        <translation>Ce qui est demandé au noyau</translation>
    </message>
    <message>
        <source>Copy the steps</source>
        <translation>Copier les étapes</translation>
    </message>
</context>
<context>
    <name>escale::gui::ActionDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>escale::gui::ActionNotice</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Everything is put back as it was</source>
        <translation>Tout est remis comme avant</translation>
    </message>
    <message>
        <source>%1: stopping the old container…</source>
        <translation>%1&#xa0;: arrêt de l’ancien conteneur…</translation>
    </message>
    <message>
        <source>%1: putting the old container aside…</source>
        <translation>%1&#xa0;: mise de côté de l’ancien conteneur…</translation>
    </message>
    <message>
        <source>%1: making the new container…</source>
        <translation>%1&#xa0;: création du nouveau conteneur…</translation>
    </message>
    <message>
        <source>%1: starting the new container…</source>
        <translation>%1&#xa0;: démarrage du nouveau conteneur…</translation>
    </message>
    <message>
        <source>%1: waiting until the new container is up and healthy…</source>
        <translation>%1&#xa0;: attente que le nouveau conteneur tourne et soit sain…</translation>
    </message>
    <message>
        <source>%1: removing the old container…</source>
        <translation>%1&#xa0;: suppression de l’ancien conteneur…</translation>
    </message>
    <message>
        <source>%1: putting everything back…</source>
        <translation>%1&#xa0;: tout est remis en place…</translation>
    </message>
</context>
<context>
    <name>escale::gui::ActionRow</name>
    <message>
        <source>What this does</source>
        <translation>Ce que cela fait</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>What this does: %1</source>
        <translation>Ce que cela fait&#xa0;: %1</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Annuler&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::BackupDialog</name>
    <message>
        <source>Back up %1</source>
        <translation>Sauvegarder %1</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sauvegarder</translation>
    </message>
    <message>
        <source>Everything in it is written into one archive, with owners, permissions and links: %1.</source>
        <translation>Tout son contenu est écrit dans une archive, avec propriétaires, droits et liens&#xa0;: %1.</translation>
    </message>
    <message>
        <source>zstd: small and fast</source>
        <translation>zstd&#xa0;: petit et rapide</translation>
    </message>
    <message>
        <source>gzip: read everywhere</source>
        <translation>gzip&#xa0;: lisible partout</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Compression</source>
        <translation>&amp;Compression</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Choisir le fichier</translation>
    </message>
    <message>
        <source>&amp;Pause %1 meanwhile</source>
        <translation>Mettre %1 en &amp;pause pendant ce temps</translation>
    </message>
    <message>
        <source>Paused, the files are of one moment. Live, what a program writes meanwhile may be half in the back-up: databases may not read it again.</source>
        <translation>En pause, les fichiers sont tous du même instant. Sans pause, ce qu’un programme écrit entre-temps peut n’être qu’à moitié dans la sauvegarde&#xa0;: une base de données risque de ne plus pouvoir la relire.</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>Sauvegarder dans</translation>
    </message>
    <message>
        <source>Archives (*.tar *.tar.zst *.tar.gz)</source>
        <translation>Archives (*.tar *.tar.zst *.tar.gz)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Name the file.</source>
        <translation>Nommez le fichier.</translation>
    </message>
    <message>
        <source>Write the whole path of the file.</source>
        <translation>Écrivez le chemin complet du fichier.</translation>
    </message>
    <message>
        <source>This is a folder: name a file in it.</source>
        <translation>C’est un dossier&#xa0;: nommez un fichier dedans.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Il n’y a pas de dossier %1.</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildArguments</name>
    <message>
        <source>The Dockerfile has no ARG.</source>
        <translation>Le Dockerfile n’a pas d’ARG.</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>Arguments de construction</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>non réglé</translation>
    </message>
    <message>
        <source>Its value stands in the image&apos;s history for everybody who has the image. Lend it as a secret instead.</source>
        <translation>Sa valeur figure dans l’historique de l’image, lisible par quiconque a l’image. Prêtez-la plutôt comme secret.</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildCacheModel</name>
    <message>
        <source>layer of a step</source>
        <translation>couche d’une étape</translation>
    </message>
    <message>
        <source>files of a folder</source>
        <translation>fichiers d’un dossier</translation>
    </message>
    <message>
        <source>cache of a RUN</source>
        <translation>cache d’un RUN</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisé</translation>
    </message>
    <message>
        <source>A build that runs needs it, or an image shares it: removing it frees nothing</source>
        <translation>Une construction en cours en a besoin, ou une image la partage : la supprimer ne libère rien</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernier usage</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildDelivery</name>
    <message>
        <source>Save the image in %1</source>
        <translation>Enregistrer l’image dans %1</translation>
    </message>
    <message>
        <source>The image is saved in %1.</source>
        <translation>L’image est enregistrée dans %1.</translation>
    </message>
    <message>
        <source>Write the image&apos;s files to %1</source>
        <translation>Écrire les fichiers de l’image dans %1</translation>
    </message>
    <message>
        <source>The image&apos;s files are in %1.</source>
        <translation>Les fichiers de l’image sont dans %1.</translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>Envoyer %1</translation>
    </message>
    <message>
        <source>%1 is in its registry.</source>
        <translation>%1 est dans son registre.</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildForm</name>
    <message>
        <source>Tags of the image</source>
        <translation>Noms de l’image</translation>
    </message>
    <message>
        <source>name:tag, several with spaces between</source>
        <translation>nom:étiquette, plusieurs séparés par des espaces</translation>
    </message>
    <message>
        <source>Target stage</source>
        <translation>Étape cible</translation>
    </message>
    <message>
        <source>the last stage</source>
        <translation>la dernière étape</translation>
    </message>
    <message>
        <source>More &amp;options</source>
        <translation>Plus d’&amp;options</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>No&amp;ms</translation>
    </message>
    <message>
        <source>Tar&amp;get</source>
        <translation>Ci&amp;ble</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nom</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valeur</translation>
    </message>
    <message>
        <source>Add a label</source>
        <translation>Ajouter une étiquette</translation>
    </message>
    <message>
        <source>file</source>
        <translation>fichier</translation>
    </message>
    <message>
        <source>id</source>
        <translation>identifiant</translation>
    </message>
    <message>
        <source>Add a secret</source>
        <translation>Ajouter un secret</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Secrets</translation>
    </message>
    <message>
        <source>A file that RUN --mount=type=secret,id=… reads. It is in no layer, no log and no history.</source>
        <translation>Un fichier que lit RUN --mount=type=secret,id=… Il n’est dans aucune couche, aucun journal, aucun historique.</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>Arguments de construction</translation>
    </message>
    <message>
        <source>Build every step anew</source>
        <translation>Refaire chaque étape</translation>
    </message>
    <message>
        <source>--no-cache: nothing is taken from earlier builds</source>
        <translation>--no-cache : rien n’est repris des constructions précédentes</translation>
    </message>
    <message>
        <source>Look for newer base images</source>
        <translation>Chercher des images de base plus récentes</translation>
    </message>
    <message>
        <source>--pull: asks their registries</source>
        <translation>--pull : interroge leurs registres</translation>
    </message>
    <message>
        <source>Lend the SSH agent</source>
        <translation>Prêter l’agent SSH</translation>
    </message>
    <message>
        <source>--ssh default: RUN --mount=type=ssh may sign with your keys; it never sees them</source>
        <translation>--ssh default : RUN --mount=type=ssh peut signer avec vos clés, sans jamais les voir</translation>
    </message>
    <message>
        <source>this machine&apos;s</source>
        <translation>celle de cet ordinateur</translation>
    </message>
    <message>
        <source>RUN reaches the network</source>
        <translation>RUN a accès au réseau</translation>
    </message>
    <message>
        <source>RUN has no network</source>
        <translation>RUN n’a pas de réseau</translation>
    </message>
    <message>
        <source>RUN is in this machine&apos;s network</source>
        <translation>RUN est dans le réseau de cette machine</translation>
    </message>
    <message>
        <source>Keep it in the store</source>
        <translation>La garder dans le stockage</translation>
    </message>
    <message>
        <source>Save it in an archive, too</source>
        <translation>L’enregistrer aussi dans une archive</translation>
    </message>
    <message>
        <source>Write its files into a folder, too</source>
        <translation>Écrire aussi ses fichiers dans un dossier</translation>
    </message>
    <message>
        <source>Push it, too</source>
        <translation>L’envoyer aussi</translation>
    </message>
    <message>
        <source>Choose where to</source>
        <translation>Choisir où</translation>
    </message>
    <message>
        <source>&amp;Platform</source>
        <translation>&amp;Plateforme</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Réseau</translation>
    </message>
    <message>
        <source>Th&amp;en</source>
        <translation>Pui&amp;s</translation>
    </message>
    <message>
        <source>Where the image goes</source>
        <translation>Où va l’image</translation>
    </message>
    <message>
        <source>The docker command</source>
        <translation>La commande docker</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>The docker command that does the same</source>
        <translation>La commande docker qui fait la même chose</translation>
    </message>
    <message>
        <source>image.tar</source>
        <translation>image.tar</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>un dossier</translation>
    </message>
    <message>
        <source>The files are yours there, whoever owns them in the image.</source>
        <translation>Les fichiers y sont à vous, quel que soit leur propriétaire dans l’image.</translation>
    </message>
    <message>
        <source>With the account that is known at the registry.</source>
        <translation>Avec le compte connu auprès du registre.</translation>
    </message>
    <message>
        <source>What RUN may use</source>
        <translation>Ce que RUN peut utiliser</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>RUN may ask for this machine&apos;s network</source>
        <translation>RUN peut demander le réseau de cette machine</translation>
    </message>
    <message>
        <source>--allow network.host, for RUN --network=host: wants an administrator&apos;s password</source>
        <translation>--allow network.host, pour RUN --network=host : demande le mot de passe d&apos;un administrateur</translation>
    </message>
    <message>
        <source>RUN may ask for all rights</source>
        <translation>RUN peut demander tous les droits</translation>
    </message>
    <message>
        <source>--allow security.insecure, for RUN --security=insecure: wants an administrator&apos;s password</source>
        <translation>--allow security.insecure, pour RUN --security=insecure : demande le mot de passe d&apos;un administrateur</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildGraphView</name>
    <message>
        <source>Stages and steps of the build</source>
        <translation>Étapes et instructions de la construction</translation>
    </message>
    <message>
        <source>Arrows go from step to step, Return goes to its line, plus and minus zoom.</source>
        <translation>Les flèches vont d’instruction en instruction, Entrée va à sa ligne, plus et moins changent l’échelle.</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>ligne %1</translation>
    </message>
    <message>
        <source>not needed for the target</source>
        <translation>inutile pour la cible</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildPage</name>
    <message>
        <source>Show the image</source>
        <translation>Montrer l’image</translation>
    </message>
    <message>
        <source>&amp;Build</source>
        <translation>&amp;Construire</translation>
    </message>
    <message>
        <source>&amp;Cancel the build</source>
        <translation>&amp;Annuler la construction</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Save the Dockerfile</source>
        <translation>&amp;Enregistrer le Dockerfile</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Build an image</source>
        <translation>Construire une image</translation>
    </message>
    <message>
        <source>Choose a folder with a Dockerfile, drop one here, or begin with a template.</source>
        <translation>Choisissez un dossier avec un Dockerfile, déposez-en un ici, ou partez d’un modèle.</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Choisir un dossier…</translation>
    </message>
    <message>
        <source>New from template…</source>
        <translation>À partir d’un modèle…</translation>
    </message>
    <message>
        <source>Build the image</source>
        <translation>Construire l’image</translation>
    </message>
    <message>
        <source>Go to its line</source>
        <translation>Aller à sa ligne</translation>
    </message>
    <message>
        <source>Show its log</source>
        <translation>Montrer son journal</translation>
    </message>
    <message>
        <source>%1 is not saved. Open another one without saving it?</source>
        <translation>%1 n’est pas enregistré. En ouvrir un autre sans l’enregistrer ?</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Ne pas enregistrer</translation>
    </message>
    <message>
        <source>a build is under way</source>
        <translation>une construction est en cours</translation>
    </message>
    <message>
        <source>Wait for its end, or cancel it.</source>
        <translation>Attendez sa fin, ou annulez-la.</translation>
    </message>
    <message>
        <source>Open another folder</source>
        <translation>Ouvrir un autre dossier</translation>
    </message>
    <message>
        <source>Save the Dockerfile</source>
        <translation>Enregistrer le Dockerfile</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Step %1 of %2 · %3</source>
        <translation>Instruction %1 sur %2 · %3</translation>
    </message>
    <message>
        <source>Failed after %1</source>
        <translation>Échec après %1</translation>
    </message>
    <message>
        <source>Cancelled after %1</source>
        <translation>Annulée après %1</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n instruction</numerusform>
            <numerusform>%n instructions</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening the failed step…</source>
        <translation>Ouverture de l’instruction échouée…</translation>
    </message>
    <message>
        <source>Open a terminal in the failed step</source>
        <translation>Ouvrir un terminal dans l’instruction échouée</translation>
    </message>
    <message>
        <source>there is no folder %1 any more</source>
        <translation>le dossier %1 n&apos;existe plus</translation>
    </message>
    <message>
        <source>Built in %1</source>
        <translation>Construite en %1</translation>
    </message>
    <message>
        <source>all from the cache</source>
        <translation>tout vient du cache</translation>
    </message>
    <message>
        <source>%1 of %2 from the cache</source>
        <translation>%1 sur %2 du cache</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildPane</name>
    <message>
        <source>Pages of the pane</source>
        <translation>Pages du volet</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Construction</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>%1 is being built</source>
        <translation>%1 est en construction</translation>
    </message>
    <message>
        <source>Filter steps and builds</source>
        <translation>Filtrer instructions et constructions</translation>
    </message>
    <message>
        <source>The Dockerfile is not saved. Close without saving it?</source>
        <translation>Le Dockerfile n’est pas enregistré. Fermer sans l’enregistrer ?</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Ne pas enregistrer</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildPlace</name>
    <message>
        <source>Folder of the build</source>
        <translation>Dossier de la construction</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Dossier</translation>
    </message>
    <message>
        <source>&amp;Dockerfile</source>
        <translation>&amp;Dockerfile</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Choisir un autre dossier</translation>
    </message>
    <message>
        <source>New from &amp;template…</source>
        <translation>À partir d’un &amp;modèle…</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>Un autre fichier…</translation>
    </message>
    <message>
        <source>Choose a Dockerfile</source>
        <translation>Choisir un Dockerfile</translation>
    </message>
    <message>
        <source>Choose the folder of the build</source>
        <translation>Choisir le dossier de la construction</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Dossiers récents</translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildsModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Steps whose result was there from an earlier build</source>
        <translation>Instructions dont le résultat venait d’une construction précédente</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>From the cache</source>
        <translation>Du cache</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>escale::gui::CacheTab</name>
    <message>
        <source>&amp;Shrink the cache…</source>
        <translation>&amp;Réduire le cache…</translation>
    </message>
    <message>
        <source>Build cache</source>
        <translation>Cache de construction</translation>
    </message>
    <message>
        <source>Read the build cache</source>
        <translation>Lire le cache de construction</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies), %1</source>
        <translation>
            <numerusform>%n entrée, %1</numerusform>
            <numerusform>%n entrées, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The cache is empty</source>
        <translation>Le cache est vide</translation>
    </message>
    <message>
        <source>Builds keep here what each step has made, so that the next one need not make it again.</source>
        <translation>Les constructions gardent ici ce que chaque instruction a produit, pour que la suivante n’ait pas à le refaire.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) removed, %1 are free again.</source>
        <translation>
            <numerusform>%n entrée supprimée, %1 libérés.</numerusform>
            <numerusform>%n entrées supprimées, %1 libérés.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::CgroupsPage</name>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>Signification</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>Expériences</translation>
    </message>
    <message>
        <source>Press against a limit and see what the kernel does</source>
        <translation>Pousser contre une limite et voir ce que fait le noyau</translation>
    </message>
    <message>
        <source>Read the limits</source>
        <translation>Lire les limites</translation>
    </message>
</context>
<context>
    <name>escale::gui::ChangesList</name>
    <message>
        <source>What would change</source>
        <translation>Ce qui changerait</translation>
    </message>
    <message>
        <source>The same as a docker command</source>
        <translation>La même chose en commande docker</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>non réglé</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>tout de suite</translation>
    </message>
    <message>
        <source>needs a new container</source>
        <translation>demande un nouveau conteneur</translation>
    </message>
    <message>
        <source>Nothing yet: change a field above.</source>
        <translation>Rien encore&#xa0;: changez un champ ci-dessus.</translation>
    </message>
</context>
<context>
    <name>escale::gui::ChangesModel</name>
    <message>
        <source>Added</source>
        <translation>Ajouté</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Supprimé</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Chemin</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::ChangesTab</name>
    <message>
        <source>Changed files</source>
        <translation>Fichiers changés</translation>
    </message>
    <message>
        <source>Show among the &amp;files</source>
        <translation>Montrer parmi les &amp;fichiers</translation>
    </message>
    <message>
        <source>&amp;Copy the path</source>
        <translation>&amp;Copier le chemin</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Rafraîchir</translation>
    </message>
    <message>
        <source>Save as an image…</source>
        <translation>Enregistrer comme image…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Saves all files of the container as a .tar archive</source>
        <translation>Enregistre tous les fichiers du conteneur dans une archive .tar</translation>
    </message>
    <message>
        <source>Filter by path</source>
        <translation>Filtrer par chemin</translation>
    </message>
    <message>
        <source>Shows or hides these changes</source>
        <translation>Montre ou cache ces changements</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Rafraîchir</translation>
    </message>
    <message>
        <source>Read the changes</source>
        <translation>Lire les changements</translation>
    </message>
    <message>
        <source>Comparing with the image…</source>
        <translation>Comparaison avec l’image…</translation>
    </message>
    <message>
        <source>No change matches the filter</source>
        <translation>Aucun changement ne correspond au filtre</translation>
    </message>
    <message>
        <source>Write less into it, or choose other kinds.</source>
        <translation>Écrivez-y moins, ou choisissez d’autres types.</translation>
    </message>
    <message>
        <source>Nothing has changed</source>
        <translation>Rien n’a changé</translation>
    </message>
    <message>
        <source>The container&apos;s files are still those of its image. What it writes from now on shows up here.</source>
        <translation>Les fichiers du conteneur sont encore ceux de son image. Ce qu’il écrira désormais apparaîtra ici.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder à nouveau</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>Exporter « %1 »</translation>
    </message>
    <message>
        <source>Tar archives (*.tar)</source>
        <translation>Archives tar (*.tar)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Export of “%1”</source>
        <translation>Exportation de « %1 »</translation>
    </message>
    <message>
        <source>Save the archive</source>
        <translation>Enregistrer l’archive</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
</context>
<context>
    <name>escale::gui::ChoiceEditor</name>
    <message>
        <source>Name of the container</source>
        <translation>Nom du conteneur</translation>
    </message>
    <message>
        <source>its name</source>
        <translation>son nom</translation>
    </message>
    <message>
        <source>a profile of its own</source>
        <translation>un profil à lui</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
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
    <name>escale::gui::CommandLine</name>
    <message>
        <source>The same as a docker command</source>
        <translation>La même chose en commande docker</translation>
    </message>
    <message>
        <source>Paste a docker run line here, and the fields fill themselves.</source>
        <translation>Collez ici une ligne docker run&#xa0;: les champs se remplissent seuls.</translation>
    </message>
    <message>
        <source>As a doc&amp;ker command: edit it, or paste one</source>
        <translation>En commande doc&amp;ker&#xa0;: modifiez-la, ou collez-en une</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>Ports without an address are published to this computer only; choose 0.0.0.0 to let your network in.</source>
        <translation>Les ports sans adresse ne sont publiés que pour cet ordinateur&#xa0;; choisissez 0.0.0.0 pour ouvrir à votre réseau.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more note(s)</source>
        <translation>
            <numerusform>et %n autre remarque</numerusform>
            <numerusform>et %n autres remarques</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::CommitDialog</name>
    <message>
        <source>&amp;Pause the container while it is read</source>
        <translation>Mettre le conteneur en &amp;pause pendant la lecture</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Save the image</source>
        <translation>Enregistrer l’image</translation>
    </message>
    <message>
        <source>Save “%1” as an image</source>
        <translation>Enregistrer « %1 » comme image</translation>
    </message>
    <message>
        <source>The image holds the container&apos;s image and all that “%1” has changed in its files. What is in volumes stays out.</source>
        <translation>L’image contient celle du conteneur et tout ce que « %1 » a changé dans ses fichiers. Le contenu des volumes n’en fait pas partie.</translation>
    </message>
    <message>
        <source>&amp;Name and tag</source>
        <translation>&amp;Nom et étiquette</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Commentaire</translation>
    </message>
    <message>
        <source>&amp;Author</source>
        <translation>&amp;Auteur</translation>
    </message>
    <message>
        <source>for example web:patched</source>
        <translation>par exemple web:corrige</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>facultatif</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
</context>
<context>
    <name>escale::gui::CompareDialog</name>
    <message>
        <source>Compare two builds</source>
        <translation>Comparer deux constructions</translation>
    </message>
    <message>
        <source>Steps of both builds</source>
        <translation>Instructions des deux constructions</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>From the cache</source>
        <translation>Du cache</translation>
    </message>
    <message>
        <source>Size of the image</source>
        <translation>Taille de l’image</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Différence</translation>
    </message>
    <message>
        <source>Read the build %1</source>
        <translation>Lire la construction %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::ComparisonModel</name>
    <message>
        <source>the same</source>
        <translation>identique</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modifiée</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nouvelle</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>disparue</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Instruction</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>escale::gui::CompletionList</name>
    <message>
        <source>Completions</source>
        <translation>Propositions</translation>
    </message>
</context>
<context>
    <name>escale::gui::ComposeEditor</name>
    <message>
        <source>Find in the file</source>
        <translation>Chercher dans le fichier</translation>
    </message>
    <message>
        <source>Files of the stack</source>
        <translation>Fichiers de la pile</translation>
    </message>
    <message>
        <source>Ctrl+Space completes, F1 explains what stands at the cursor, F8 goes to the next problem, F6 to their list</source>
        <translation>Ctrl+Espace complète, F1 explique ce qui se trouve au curseur, F8 va au problème suivant, F6 à leur liste</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile by somebody else.</source>
        <translation>%1 a été modifié entre-temps par quelqu&apos;un d&apos;autre.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Le remplacer</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Enregistrer %1</translation>
    </message>
    <message>
        <source>Explain what stands here</source>
        <translation>Expliquer ce qui se trouve ici</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Compléter</translation>
    </message>
    <message>
        <source>Comment out, or in</source>
        <translation>Mettre en commentaire, ou l&apos;inverse</translation>
    </message>
</context>
<context>
    <name>escale::gui::ComposeProblemsModel</name>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Endroit</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problème</translation>
    </message>
</context>
<context>
    <name>escale::gui::ComposeProblemsPanel</name>
    <message>
        <source>Problems of the Compose files</source>
        <translation>Problèmes des fichiers Compose</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n erreur</numerusform>
            <numerusform>%n erreurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n avertissement</numerusform>
            <numerusform>%n avertissements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n remarque</numerusform>
            <numerusform>%n remarques</numerusform>
        </translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>Aucun problème</translation>
    </message>
</context>
<context>
    <name>escale::gui::ConfigTab</name>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>désactivée</translation>
    </message>
    <message>
        <source>%1 — every %2 s</source>
        <translation>%1 — toutes les %2 s</translation>
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
        <source>Downloaded</source>
        <translation>Téléchargé</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Sur le disque</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Pulled</source>
        <translation>Tirée</translation>
    </message>
    <message>
        <source>Reading the configuration…</source>
        <translation>Lecture de la configuration…</translation>
    </message>
    <message>
        <source>No image selected</source>
        <translation>Aucune image sélectionnée</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>Point d’entrée</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>root (none is given)</source>
        <translation>root (aucun n’est indiqué)</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>Répertoire de travail</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environnement</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>Contrôle de santé</translation>
    </message>
    <message>
        <source>Stop signal</source>
        <translation>Signal d’arrêt</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <source>Good practice is followed</source>
        <translation>Les bonnes pratiques sont respectées</translation>
    </message>
    <message>
        <source>The configuration gives no reason for a warning.</source>
        <translation>La configuration n’appelle aucun avertissement.</translation>
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
    <name>escale::gui::ConnectDialog</name>
    <message>
        <source>Connect a container</source>
        <translation>Connecter un conteneur</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connecter</translation>
    </message>
    <message>
        <source>A container can be in several networks. One that runs gets an interface more, at once.</source>
        <translation>Un conteneur peut être dans plusieurs réseaux. S’il tourne, il reçoit aussitôt une interface de plus.</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Réseau</translation>
    </message>
    <message>
        <source>&amp;Container</source>
        <translation>&amp;Conteneur</translation>
    </message>
    <message>
        <source>&amp;Aliases</source>
        <translation>&amp;Alias</translation>
    </message>
    <message>
        <source>more names for it, for example db, database</source>
        <translation>d’autres noms pour lui, par exemple db, database</translation>
    </message>
    <message>
        <source>chosen for it</source>
        <translation>choisie pour lui</translation>
    </message>
    <message>
        <source>&amp;IPv4 address</source>
        <translation>Adresse &amp;IPv4</translation>
    </message>
    <message>
        <source>IPv&amp;6 address</source>
        <translation>Adresse IPv&amp;6</translation>
    </message>
    <message>
        <source>&amp;MAC address</source>
        <translation>Adresse &amp;MAC</translation>
    </message>
    <message>
        <source>Write six bytes, for example 02:42:ac:11:00:02.</source>
        <translation>Écrivez six octets, par exemple 02:42:ac:11:00:02.</translation>
    </message>
    <message>
        <source>The default network knows no names.</source>
        <translation>Le réseau par défaut ne connaît pas de noms.</translation>
    </message>
    <message>
        <source>Choose a network.</source>
        <translation>Choisissez un réseau.</translation>
    </message>
    <message>
        <source>Every container is in it already.</source>
        <translation>Tous les conteneurs y sont déjà.</translation>
    </message>
    <message>
        <source>An address is not right yet.</source>
        <translation>Une adresse n’est pas encore juste.</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>Connecter %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerActions</name>
    <message>
        <source>St&amp;art</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>R&amp;estart</source>
        <translation>R&amp;edémarrer</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>Mettre en &amp;pause</translation>
    </message>
    <message>
        <source>&amp;Unpause</source>
        <translation>Rep&amp;rendre</translation>
    </message>
    <message>
        <source>&amp;Kill</source>
        <translation>&amp;Tuer</translation>
    </message>
    <message>
        <source>&amp;Open in browser</source>
        <translation>&amp;Ouvrir dans le navigateur</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Re&amp;nommer</translation>
    </message>
    <message>
        <source>&amp;Copy id</source>
        <translation>&amp;Copier l’identifiant</translation>
    </message>
    <message>
        <source>Copy na&amp;me</source>
        <translation>Copier le no&amp;m</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>ends at once, cannot be caught</source>
        <translation>arrête aussitôt, sans recours</translation>
    </message>
    <message>
        <source>asks to end</source>
        <translation>demande de s’arrêter</translation>
    </message>
    <message>
        <source>as Ctrl+C</source>
        <translation>comme Ctrl+C</translation>
    </message>
    <message>
        <source>ends with a core dump</source>
        <translation>arrête avec une image mémoire</translation>
    </message>
    <message>
        <source>reads its configuration again</source>
        <translation>relit sa configuration</translation>
    </message>
    <message>
        <source>the program&apos;s own</source>
        <translation>propre au programme</translation>
    </message>
    <message>
        <source>SIG%1: %2</source>
        <comment>a signal and what it does</comment>
        <translation>SIG%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>“%1” is removed with all files written in it when it stops. Stop it?</source>
        <translation>«&#xa0;%1&#xa0;» est supprimé à son arrêt, avec tous les fichiers qui y ont été écrits. L’arrêter&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) are removed with all files written in them when they stop. Stop them?</source>
        <translation>
            <numerusform>%n conteneur est supprimé à son arrêt, avec tous les fichiers qui y ont été écrits. L’arrêter&#xa0;?</numerusform>
            <numerusform>%n conteneurs sont supprimés à leur arrêt, avec tous les fichiers qui y ont été écrits. Les arrêter&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop and remove</source>
        <translation>Arrêter et supprimer</translation>
    </message>
    <message>
        <source>“%1” is running. Kill it and remove it with all files written in it?</source>
        <translation>«&#xa0;%1&#xa0;» est en marche. Le tuer et le supprimer avec tous les fichiers qui y ont été écrits&#x202f;?</translation>
    </message>
    <message>
        <source>Remove “%1” with all files written in it?</source>
        <translation>Supprimer «&#xa0;%1&#xa0;» avec tous les fichiers qui y ont été écrits&#x202f;?</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n container(s) with all files written in them?</source>
        <translation>
            <numerusform>Supprimer %n conteneur avec tous les fichiers qui y ont été écrits&#xa0;?</numerusform>
            <numerusform>Supprimer %n conteneurs avec tous les fichiers qui y ont été écrits&#xa0;?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them run(s) and will be killed.</source>
        <translation>
            <numerusform>%n d’entre eux est en marche et sera tué.</numerusform>
            <numerusform>%n d’entre eux sont en marche et seront tués.</numerusform>
        </translation>
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
        <source>Start %1</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be started</source>
        <translation>%1 sur %2 n’ont pas pu être démarrés</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Arrêter %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be stopped</source>
        <translation>%1 sur %2 n’ont pas pu être arrêtés</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>Redémarrer %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be restarted</source>
        <translation>%1 sur %2 n’ont pas pu être redémarrés</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Mettre en pause %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be paused</source>
        <translation>%1 sur %2 n’ont pas pu être mis en pause</translation>
    </message>
    <message>
        <source>Unpause %1</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be unpaused</source>
        <translation>%1 sur %2 n’ont pas pu reprendre</translation>
    </message>
    <message>
        <source>Send a signal to %1</source>
        <translation>Envoyer un signal à %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be sent a signal</source>
        <translation>%1 sur %2 n’ont pas reçu le signal</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>Renommer %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be removed</source>
        <translation>%1 sur %2 n’ont pas pu être supprimés</translation>
    </message>
    <message>
        <source>Ed&amp;it…</source>
        <translation>Mod&amp;ifier…</translation>
    </message>
    <message>
        <source>Up&amp;date image</source>
        <translation>Mettre à &amp;jour l’image</translation>
    </message>
    <message>
        <source>Debu&amp;g terminal…</source>
        <translation>Terminal de débo&amp;gage…</translation>
    </message>
    <message numerus="yes">
        <source>Also its %n anonymous volume(s), with all that is in them</source>
        <translation>
            <numerusform>Aussi son volume anonyme, avec tout son contenu</numerusform>
            <numerusform>Aussi les %n volumes anonymes, avec tout leur contenu</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerCells</name>
    <message>
        <source>%1 of %2 running</source>
        <translation>%1 sur %2 en marche</translation>
    </message>
    <message numerus="yes">
        <source>%n unhealthy</source>
        <translation>
            <numerusform>%n en mauvaise santé</numerusform>
            <numerusform>%n en mauvaise santé</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n en échec</numerusform>
            <numerusform>%n en échec</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>%n redémarrage</numerusform>
            <numerusform>%n redémarrages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n conteneur</numerusform>
            <numerusform>%n conteneurs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 j %2 h</translation>
    </message>
    <message>
        <source>Created: %1</source>
        <translation>Créé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Started: %1</source>
        <translation>Démarré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>Terminé&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 of at most %2</source>
        <translation>%1 sur %2 au plus</translation>
    </message>
    <message>
        <source>Stack %1, %2</source>
        <translation>Pile %1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>debug terminal of %1</source>
        <translation>terminal de débogage de %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerChanges</name>
    <message>
        <source>another container is being replaced</source>
        <translation>un autre conteneur est en cours de remplacement</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it.</source>
        <translation>Attendez que ce soit terminé, ou annulez.</translation>
    </message>
    <message>
        <source>Edit the container</source>
        <translation>Modifier le conteneur</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Modifier à nouveau</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Modifier %1</translation>
    </message>
    <message>
        <source>Update the image</source>
        <translation>Mettre à jour l’image</translation>
    </message>
    <message>
        <source>%1 is named by its digest: there can be no newer one under that name.</source>
        <translation>%1 est désignée par son empreinte&#xa0;: il ne peut pas y en avoir de plus récente sous ce nom.</translation>
    </message>
    <message>
        <source>%1: looking for a newer %2…</source>
        <translation>%1&#xa0;: recherche d’une version plus récente de %2…</translation>
    </message>
    <message>
        <source>Pull %1</source>
        <translation>Télécharger %1</translation>
    </message>
    <message>
        <source>“%1” already has the newest %2.</source>
        <translation>«&#xa0;%1&#xa0;» a déjà la version la plus récente de %2.</translation>
    </message>
    <message>
        <source>Update the image of %1</source>
        <translation>Mettre à jour l’image de %1</translation>
    </message>
    <message>
        <source>Put the old one back</source>
        <translation>Remettre l’ancien</translation>
    </message>
    <message>
        <source>Remove the old one…</source>
        <translation>Supprimer l’ancien…</translation>
    </message>
    <message>
        <source>“%1” has the changes.</source>
        <translation>«&#xa0;%1&#xa0;» a les modifications.</translation>
    </message>
    <message>
        <source>edit %1</source>
        <translation>modifier %1</translation>
    </message>
    <message>
        <source>“%1” has the newest %2.</source>
        <translation>«&#xa0;%1&#xa0;» a la version la plus récente de %2.</translation>
    </message>
    <message>
        <source>update the image of %1</source>
        <translation>mettre à jour l’image de %1</translation>
    </message>
    <message>
        <source>Put %1 back</source>
        <translation>Remettre %1</translation>
    </message>
    <message>
        <source>“%1” is as it was before.</source>
        <translation>«&#xa0;%1&#xa0;» est comme avant.</translation>
    </message>
    <message>
        <source>%1: looking for its former image…</source>
        <translation>%1&#xa0;: recherche de son ancienne image…</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Le redémarrer</translation>
    </message>
    <message>
        <source>“%1” was to be replaced, but that was interrupted: it is stopped.</source>
        <translation>«&#xa0;%1&#xa0;» devait être remplacé, mais cela a été interrompu&#xa0;: il est arrêté.</translation>
    </message>
    <message>
        <source>Replacing “%1” was interrupted: it is there as “%2”.</source>
        <translation>Le remplacement de «&#xa0;%1&#xa0;» a été interrompu&#xa0;: il est là sous le nom «&#xa0;%2&#xa0;».</translation>
    </message>
    <message>
        <source>Replacing “%1” was interrupted: the new one is there, and the old one as “%2”.</source>
        <translation>Le remplacement de «&#xa0;%1&#xa0;» a été interrompu&#xa0;: le nouveau est là, et l’ancien sous le nom «&#xa0;%2&#xa0;».</translation>
    </message>
    <message>
        <source>Put the old “%1” back, and remove the new one with all files written in it?</source>
        <translation>Remettre l’ancien «&#xa0;%1&#xa0;», et supprimer le nouveau avec tous les fichiers qui y ont été écrits&#xa0;?</translation>
    </message>
    <message>
        <source>Put back and remove</source>
        <translation>Remettre et supprimer</translation>
    </message>
    <message>
        <source>“%1” is back in its place.</source>
        <translation>«&#xa0;%1&#xa0;» est de nouveau à sa place.</translation>
    </message>
    <message>
        <source>Remove “%1” with all files written in it?</source>
        <translation>Supprimer «&#xa0;%1&#xa0;» avec tous les fichiers qui y ont été écrits&#xa0;?</translation>
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
    <name>escale::gui::ContainerNotices</name>
    <message>
        <source>%1 is unhealthy</source>
        <translation>%1 est en mauvaise santé</translation>
    </message>
    <message>
        <source>Its health check fails. Look at the probes&apos; output.</source>
        <translation>Son contrôle de santé échoue. Regardez la sortie des sondes.</translation>
    </message>
    <message>
        <source>%1 has ended: %2</source>
        <translation>%1 s’est terminé&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerShelf</name>
    <message>
        <source>Containers, to be put into a network</source>
        <translation>Conteneurs, à mettre dans un réseau</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerShells</name>
    <message>
        <source>Shells</source>
        <translation>Interpréteurs</translation>
    </message>
    <message>
        <source>No shell is open</source>
        <translation>Aucun interpréteur ouvert</translation>
    </message>
    <message>
        <source>New shell</source>
        <translation>Nouvel interpréteur</translation>
    </message>
    <message>
        <source>New shell (Ctrl+Shift+T)</source>
        <translation>Nouvel interpréteur (Ctrl+Maj+T)</translation>
    </message>
    <message>
        <source>Attach to the container&apos;s own process</source>
        <translation>S’attacher au processus principal du conteneur</translation>
    </message>
    <message>
        <source>Options of the next shell</source>
        <translation>Options du prochain interpréteur</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>the image&apos;s shell</source>
        <translation>l’interpréteur de l’image</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>the container&apos;s</source>
        <translation>celui du conteneur</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Nothing to attach to: the container was made without a terminal and without input. Its output is in the log.</source>
        <translation>Rien à quoi s’attacher&#xa0;: le conteneur a été créé sans terminal et sans entrée. Ce qu’il écrit est dans le journal.</translation>
    </message>
    <message>
        <source>Shell %1</source>
        <translation>Interpréteur %1</translation>
    </message>
    <message>
        <source>Main process</source>
        <translation>Processus principal</translation>
    </message>
    <message>
        <source>Close %1 (Ctrl+Shift+W)</source>
        <translation>Fermer %1 (Ctrl+Maj+W)</translation>
    </message>
    <message>
        <source>A shell is one more process in the running container: look around in it, try things out. Its image has none? A debug terminal brings one along.</source>
        <translation>Un interpréteur est un processus de plus dans le conteneur en marche : on y regarde, on y essaie des choses. Son image n’en a pas ? Un terminal de débogage apporte le sien.</translation>
    </message>
    <message>
        <source>Debug terminal…</source>
        <translation>Terminal de débogage…</translation>
    </message>
    <message>
        <source>Debug terminal: tools of another image, beside this container (Ctrl+Shift+D)</source>
        <translation>Terminal de débogage : les outils d’une autre image, à côté de ce conteneur (Ctrl+Maj+D)</translation>
    </message>
    <message>
        <source>Open the debug terminal</source>
        <translation>Ouvrir le terminal de débogage</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>debug: %1</source>
        <translation>débogage : %1</translation>
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
    <message>
        <source>It was killed, not by its memory limit: by somebody&apos;s kill, by a stop whose time-out ran out, or because the machine itself had no memory left. If a stop did it, give the program more time to end or let it heed the stop signal.</source>
        <translation>Il a été tué, mais pas à cause de sa limite de mémoire&#xa0;: par quelqu’un, par un arrêt dont le délai a expiré, ou parce que la machine elle-même n’avait plus de mémoire. Si c’était un arrêt, laissez au programme plus de temps pour finir ou faites-lui respecter le signal d’arrêt.</translation>
    </message>
    <message>
        <source>It was asked to stop and did. There is nothing to mend.</source>
        <translation>On lui a demandé de s’arrêter et il l’a fait. Il n’y a rien à réparer.</translation>
    </message>
    <message>
        <source>It was interrupted, as by Ctrl+C. There is nothing to mend.</source>
        <translation>Il a été interrompu, comme par Ctrl+C. Il n’y a rien à réparer.</translation>
    </message>
    <message>
        <source>The program crashed: it touched memory that is not its own. That is a fault in it or in one of its libraries, or its image was made for another processor. Look at the end of its log and try another version of the image.</source>
        <translation>Le programme s’est écrasé&#xa0;: il a touché à de la mémoire qui n’est pas la sienne. C’est un défaut du programme ou d’une de ses bibliothèques, ou son image est faite pour un autre processeur. Regardez la fin de son journal et essayez une autre version de l’image.</translation>
    </message>
    <message>
        <source>The program gave up by itself (abort): it found something that must not be. The end of its log usually says what.</source>
        <translation>Le programme a abandonné de lui-même (abort)&#xa0;: il a trouvé quelque chose qui ne doit pas être. La fin de son journal dit le plus souvent quoi.</translation>
    </message>
    <message>
        <source>The program used an instruction this processor lacks. Choose an image for this architecture, or an older build of it.</source>
        <translation>Le programme a utilisé une instruction que ce processeur n’a pas. Choisissez une image pour cette architecture, ou une construction plus ancienne.</translation>
    </message>
    <message>
        <source>The program divided by zero or the like: a fault in it. Look at the end of its log.</source>
        <translation>Le programme a divisé par zéro, ou fait une erreur semblable&#xa0;: c’est un défaut. Regardez la fin de son journal.</translation>
    </message>
    <message>
        <source>The program made a system call that the container&apos;s seccomp profile forbids. Find out which one, and allow it by a profile of your own.</source>
        <translation>Le programme a fait un appel système que le profil seccomp du conteneur interdit. Trouvez lequel et autorisez-le par un profil à vous.</translation>
    </message>
    <message>
        <source>The program wrote to a connection that was closed at the other end, and does not handle that. Look at the end of its log.</source>
        <translation>Le programme a écrit dans une connexion fermée à l’autre bout et ne le supporte pas. Regardez la fin de son journal.</translation>
    </message>
    <message>
        <source>Its terminal was closed, or it was told to read its configuration again and does not know that signal.</source>
        <translation>Son terminal a été fermé, ou on lui a demandé de relire sa configuration et il ne connaît pas ce signal.</translation>
    </message>
    <message>
        <source>It went over one of its ulimits (processor time or file size). Raise that limit.</source>
        <translation>Il a dépassé une de ses limites ulimit (temps processeur ou taille de fichier). Augmentez cette limite.</translation>
    </message>
    <message>
        <source>It was ended by a signal, of its own or from outside. Look at the end of its log.</source>
        <translation>Un signal l’a arrêté, venu de lui-même ou du dehors. Regardez la fin de son journal.</translation>
    </message>
    <message>
        <source>It needed more memory than its limit allows, so the kernel killed it. Raise the memory limit, or make the program need less: smaller caches, fewer workers, a smaller heap.</source>
        <translation>Il lui fallait plus de mémoire que sa limite n’en permet, et le noyau l’a tué. Augmentez la limite de mémoire, ou faites que le programme en demande moins&#xa0;: caches plus petits, moins de processus, tas plus petit.</translation>
    </message>
    <message>
        <source>It did what it had to do and ended well.</source>
        <translation>Il a fait ce qu’il avait à faire et s’est bien terminé.</translation>
    </message>
    <message>
        <source>The program says that it failed: often a wrong setting, a missing file or a missing variable. The end of its log usually says which.</source>
        <translation>Le programme dit qu’il a échoué&#xa0;: souvent un mauvais réglage, un fichier ou une variable qui manque. La fin de son journal dit le plus souvent lequel.</translation>
    </message>
    <message>
        <source>The program did not like how it was called: an option or an argument is wrong. Compare the command with the program&apos;s manual.</source>
        <translation>Le programme refuse la façon dont il est appelé&#xa0;: une option ou un argument est faux. Comparez la commande avec le manuel du programme.</translation>
    </message>
    <message>
        <source>The container itself could not be started: one of its options does not work here. The error in its details says which.</source>
        <translation>Le conteneur lui-même n’a pas pu démarrer&#xa0;: une de ses options ne fonctionne pas ici. L’erreur, dans ses détails, dit laquelle.</translation>
    </message>
    <message>
        <source>The command is there but cannot be executed: it lacks the execute permission, is a folder, or was built for another processor.</source>
        <translation>La commande est là mais ne peut pas être exécutée&#xa0;: il lui manque le droit d’exécution, c’est un dossier, ou elle est faite pour un autre processeur.</translation>
    </message>
    <message>
        <source>The image has no such command. Look for a spelling mistake, and whether the program is in the image and in its PATH.</source>
        <translation>L’image n’a pas cette commande. Cherchez une faute de frappe, et vérifiez que le programme est dans l’image et dans son PATH.</translation>
    </message>
    <message>
        <source>The number is the program&apos;s own: its manual or the end of its log says what it means.</source>
        <translation>Ce nombre est propre au programme&#xa0;: son manuel ou la fin de son journal dit ce qu’il signifie.</translation>
    </message>
    <message>
        <source>could not be started (125)</source>
        <translation>n’a pas pu démarrer (125)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>restarting: %1</source>
        <translation>redémarre&#xa0;: %1</translation>
    </message>
    <message>
        <source>could not be removed</source>
        <translation>n’a pas pu être supprimé</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>en bonne santé</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <translation>en mauvaise santé</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>en cours de contrôle</translation>
    </message>
    <message>
        <source>It runs, but its health check fails. The probes&apos; output says what does not work.</source>
        <translation>Il est en marche, mais son contrôle de santé échoue. La sortie des sondes dit ce qui ne fonctionne pas.</translation>
    </message>
    <message>
        <source>All its processes are frozen; they keep their memory. Unpause it to go on.</source>
        <translation>Tous ses processus sont gelés&#xa0;; ils gardent leur mémoire. Reprenez-le pour continuer.</translation>
    </message>
    <message numerus="yes">
        <source>Its restart policy has started it again %n time(s).</source>
        <translation>
            <numerusform>Sa règle de redémarrage l’a relancé %n fois.</numerusform>
            <numerusform>Sa règle de redémarrage l’a relancé %n fois.</numerusform>
        </translation>
    </message>
    <message>
        <source>The last time it ended: %1.</source>
        <translation>La dernière fois, il s’est terminé ainsi&#xa0;: %1.</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerTab</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No container selected</source>
        <translation>Aucun conteneur sélectionné</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerTabs</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
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
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Stats</source>
        <translation>Statistiques</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changements</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Inspecter</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerUndo</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>%1 is gone</source>
        <translation>%1 n’est plus là</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Rien à annuler</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <comment>“Undo: stop web”</comment>
        <translation>&amp;Annuler&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an action and why it cannot be done</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Annuler&#xa0;: %1</translation>
    </message>
    <message>
        <source>Too late: %1</source>
        <translation>Trop tard&#xa0;: %1</translation>
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
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Up-time</source>
        <translation>Durée</translation>
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
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainersPane</name>
    <message>
        <source>Reading the containers…</source>
        <translation>Lecture des conteneurs…</translation>
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
        <source>More actions</source>
        <translation>Autres actions</translation>
    </message>
    <message>
        <source>Filter: state:running image:nginx label:x</source>
        <translation>Filtre&#xa0;: state:running image:nginx label:x</translation>
    </message>
    <message>
        <source>No container matches “%1”</source>
        <translation>Aucun conteneur ne correspond à «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Words are looked for in names, images and states. Keys narrow it down: name: image: stack: state: health: label: port: and a minus before a term takes the opposite.</source>
        <translation>Les mots sont cherchés dans les noms, les images et les états. Des clés précisent&#xa0;: name: image: stack: state: health: label: port: et un moins devant un terme prend le contraire.</translation>
    </message>
    <message>
        <source>no program for web pages was found</source>
        <translation>aucun programme pour les pages web n’a été trouvé</translation>
    </message>
    <message>
        <source>Install a browser, or make one the default.</source>
        <translation>Installez un navigateur ou choisissez-en un par défaut.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>“%1” is being replaced, which would be left half done</source>
        <translation>«&#xa0;%1&#xa0;» est en cours de remplacement, qui resterait à moitié fait</translation>
    </message>
    <message>
        <source>Wait until it is done, or cancel it.</source>
        <translation>Attendez que ce soit terminé, ou annulez.</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fermer la fenêtre</translation>
    </message>
    <message>
        <source>Close when it is done</source>
        <translation>Fermer quand c’est terminé</translation>
    </message>
    <message>
        <source>Make a Compose fi&amp;le…</source>
        <translation>Écrire un &amp;fichier Compose…</translation>
    </message>
    <message>
        <source>See what it is made of</source>
        <translation>Voir de quoi il est fait</translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainersTable</name>
    <message>
        <source>Drag to reorder; right-click to choose the columns</source>
        <translation>Glissez pour réordonner&#xa0;; clic droit pour choisir les colonnes</translation>
    </message>
</context>
<context>
    <name>escale::gui::ConvertDialog</name>
    <message>
        <source>&amp;Keep their names, networks and volumes</source>
        <translation>&amp;Garder leurs noms, réseaux et volumes</translation>
    </message>
    <message>
        <source>&amp;Open in the editor</source>
        <translation>&amp;Ouvrir dans l’éditeur</translation>
    </message>
    <message>
        <source>Make a Compose file</source>
        <translation>Écrire un fichier Compose</translation>
    </message>
    <message>
        <source>Read the list of containers</source>
        <translation>Lire la liste des conteneurs</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>The file then goes on with the networks and volumes that they have now</source>
        <translation>Le fichier continue alors avec les réseaux et volumes qu’ils ont maintenant</translation>
    </message>
    <message>
        <source>docker run line</source>
        <translation>ligne docker run</translation>
    </message>
    <message>
        <source>Paste a docker run line, as a README has it; several lines may follow each other.</source>
        <translation>Collez une ligne docker run, telle qu’un README la donne ; plusieurs lignes peuvent se suivre.</translation>
    </message>
    <message>
        <source>&amp;Containers</source>
        <translation>&amp;Conteneurs</translation>
    </message>
    <message>
        <source>A docker &amp;run line</source>
        <translation>Une ligne docker &amp;run</translation>
    </message>
    <message>
        <source>The Compose file</source>
        <translation>Le fichier Compose</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>&amp;Parcourir…</translation>
    </message>
    <message>
        <source>Stack&apos;s &amp;name</source>
        <translation>&amp;Nom de la stack</translation>
    </message>
    <message>
        <source>Name of the stack</source>
        <translation>Nom de la stack</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Dossier</translation>
    </message>
    <message>
        <source>Folder of the stack</source>
        <translation>Dossier de la stack</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Look at the container</source>
        <translation>Examiner le conteneur</translation>
    </message>
    <message>
        <source>Paste a line at the left.</source>
        <translation>Collez une ligne à gauche.</translation>
    </message>
    <message>
        <source>Tick the containers that belong together.</source>
        <translation>Cochez les conteneurs qui vont ensemble.</translation>
    </message>
    <message>
        <source>That folder has a compose.yaml already: choose another one.</source>
        <translation>Ce dossier a déjà un compose.yaml : choisissez-en un autre.</translation>
    </message>
    <message>
        <source>It is written when you save it in the editor.</source>
        <translation>Il est écrit quand vous l’enregistrez dans l’éditeur.</translation>
    </message>
    <message>
        <source>Choose the folder of the stack</source>
        <translation>Choisir le dossier de la stack</translation>
    </message>
    <message>
        <source>the folder %1 cannot be made</source>
        <translation>impossible de créer le dossier %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::CpuBars</name>
    <message>
        <source>Use of each processor</source>
        <translation>Utilisation de chaque processeur</translation>
    </message>
    <message>
        <source>Processor %1: %2</source>
        <translation>Processeur %1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::CreateNetworkDialog</name>
    <message>
        <source>New network</source>
        <translation>Nouveau réseau</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>bridge: a switch inside this machine</source>
        <translation>bridge&#xa0;: un commutateur dans cet ordinateur</translation>
    </message>
    <message>
        <source>macvlan: MAC addresses of their own on the local network</source>
        <translation>macvlan&#xa0;: des adresses MAC à eux sur le réseau local</translation>
    </message>
    <message>
        <source>ipvlan: addresses on the local network, one MAC address</source>
        <translation>ipvlan&#xa0;: des adresses sur le réseau local, une seule adresse MAC</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>for example backend</source>
        <translation>par exemple backend</translation>
    </message>
    <message>
        <source>&amp;Driver</source>
        <translation>&amp;Pilote</translation>
    </message>
    <message>
        <source>&amp;Parent interface</source>
        <translation>Interface pa&amp;rente</translation>
    </message>
    <message>
        <source>&amp;VLAN</source>
        <translation>&amp;VLAN</translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation>&amp;Mode</translation>
    </message>
    <message>
        <source>&amp;Subnet</source>
        <translation>&amp;Sous-réseau</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>P&amp;lage</translation>
    </message>
    <message>
        <source>&amp;Gateway</source>
        <translation>Passere&amp;lle</translation>
    </message>
    <message>
        <source>Addresses are chosen from it; others of the subnet can be given by hand.</source>
        <translation>Les adresses en sont tirées&#xa0;; d’autres du sous-réseau peuvent être données à la main.</translation>
    </message>
    <message>
        <source>&amp;IPv6</source>
        <translation>&amp;IPv6</translation>
    </message>
    <message>
        <source>IPv6 addresses beside IPv4</source>
        <translation>Adresses IPv6 en plus d’IPv4</translation>
    </message>
    <message>
        <source>IPv&amp;6 subnet</source>
        <translation>Sous-réseau IPv&amp;6</translation>
    </message>
    <message>
        <source>IPv6 g&amp;ateway</source>
        <translation>P&amp;asserelle IPv6</translation>
    </message>
    <message>
        <source>Wa&amp;y out</source>
        <translation>S&amp;ortie</translation>
    </message>
    <message>
        <source>Internal: no way out of this machine</source>
        <translation>Interne&#xa0;: pas de sortie de cet ordinateur</translation>
    </message>
    <message>
        <source>&amp;Between them</source>
        <translation>&amp;Entre eux</translation>
    </message>
    <message>
        <source>Its containers reach each other</source>
        <translation>Ses conteneurs se joignent entre eux</translation>
    </message>
    <message>
        <source>Mas&amp;querade</source>
        <translation>Mas&amp;carade</translation>
    </message>
    <message>
        <source>Packets leave with this machine&apos;s address</source>
        <translation>Les paquets sortent avec l’adresse de cet ordinateur</translation>
    </message>
    <message>
        <source>as this machine&apos;s</source>
        <translation>comme cet ordinateur</translation>
    </message>
    <message>
        <source> bytes</source>
        <translation> octets</translation>
    </message>
    <message>
        <source>M&amp;TU</source>
        <translation>M&amp;TU</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>É&amp;tiquettes</translation>
    </message>
    <message>
        <source>name=value, another=value</source>
        <translation>nom=valeur, autre=valeur</translation>
    </message>
    <message>
        <source>bridge: they reach each other</source>
        <translation>bridge&#xa0;: ils se joignent entre eux</translation>
    </message>
    <message>
        <source>private: they do not reach each other</source>
        <translation>private&#xa0;: ils ne se joignent pas</translation>
    </message>
    <message>
        <source>vepa: through the switch outside</source>
        <translation>vepa&#xa0;: par le commutateur extérieur</translation>
    </message>
    <message>
        <source>passthru: one container has the interface</source>
        <translation>passthru&#xa0;: un seul conteneur a l’interface</translation>
    </message>
    <message>
        <source>l2: as on a switch</source>
        <translation>l2&#xa0;: comme sur un commutateur</translation>
    </message>
    <message>
        <source>l3: routed, no broadcasts</source>
        <translation>l3&#xa0;: routé, sans diffusion</translation>
    </message>
    <message>
        <source>l3s: routed, through this machine&apos;s firewall</source>
        <translation>l3s&#xa0;: routé, par le pare-feu de cet ordinateur</translation>
    </message>
    <message>
        <source>Containers stand on the local network itself: an administrator is asked. This machine and they do not reach each other, by the kernel&apos;s rule.</source>
        <translation>Les conteneurs sont sur le réseau local lui-même&#xa0;: un administrateur est consulté. Cet ordinateur et eux ne se joignent pas, c’est la règle du noyau.</translation>
    </message>
    <message>
        <source>Ask which drivers there are</source>
        <translation>Demander quels pilotes existent</translation>
    </message>
    <message>
        <source>the engine does not have it</source>
        <translation>le moteur ne l’a pas</translation>
    </message>
    <message>
        <source>Ask which interfaces there are</source>
        <translation>Demander quelles interfaces existent</translation>
    </message>
    <message>
        <source>This machine has no interface that could be the parent.</source>
        <translation>Cet ordinateur n’a pas d’interface qui puisse être parente.</translation>
    </message>
    <message>
        <source>Write a name.</source>
        <translation>Écrivez un nom.</translation>
    </message>
    <message>
        <source>Not yet: %1</source>
        <translation>Pas encore&#xa0;: %1</translation>
    </message>
    <message>
        <source>Check the network</source>
        <translation>Vérifier le réseau</translation>
    </message>
    <message>
        <source>%1 (chosen)</source>
        <comment>an address</comment>
        <translation>%1 (choisi)</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>Créer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::CreateVolumeDialog</name>
    <message>
        <source>New volume</source>
        <translation>Nouveau volume</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>On this machine, kept by Escale</source>
        <translation>Sur cette machine, gardés par Escale</translation>
    </message>
    <message>
        <source>On a server of the network (NFS)</source>
        <translation>Sur un serveur du réseau (NFS)</translation>
    </message>
    <message>
        <source>A folder of this machine</source>
        <translation>Un dossier de cette machine</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>En mémoire</translation>
    </message>
    <message>
        <source>A device, or another file system</source>
        <translation>Un périphérique ou un autre système de fichiers</translation>
    </message>
    <message>
        <source>the newest that both have</source>
        <translation>la plus récente des deux côtés</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>for example web-data</source>
        <translation>par exemple web-data</translation>
    </message>
    <message>
        <source>&amp;Where its files are</source>
        <translation>&amp;Où sont ses fichiers</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Serveur</translation>
    </message>
    <message>
        <source>its name or address, for example nas.home</source>
        <translation>son nom ou son adresse, par exemple nas.home</translation>
    </message>
    <message>
        <source>&amp;Path there</source>
        <translation>C&amp;hemin là-bas</translation>
    </message>
    <message>
        <source>NFS &amp;version</source>
        <translation>&amp;Version de NFS</translation>
    </message>
    <message>
        <source>Mount &amp;options</source>
        <translation>O&amp;ptions de montage</translation>
    </message>
    <message>
        <source>for example ro,soft</source>
        <translation>par exemple ro,soft</translation>
    </message>
    <message>
        <source>&amp;Size at most</source>
        <translation>&amp;Taille maximale</translation>
    </message>
    <message>
        <source>for example 64m; empty: half of the memory</source>
        <translation>par exemple 64m&#xa0;; vide&#xa0;: la moitié de la mémoire</translation>
    </message>
    <message>
        <source>&amp;Mode</source>
        <translation>&amp;Mode</translation>
    </message>
    <message>
        <source>of its first folder, for example 1777</source>
        <translation>de son premier dossier, par exemple 1777</translation>
    </message>
    <message>
        <source>File system &amp;type</source>
        <translation>&amp;Type de système de fichiers</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Périphérique</translation>
    </message>
    <message>
        <source>for example ro,noatime</source>
        <translation>par exemple ro,noatime</translation>
    </message>
    <message>
        <source>&amp;Labels</source>
        <translation>É&amp;tiquettes</translation>
    </message>
    <message>
        <source>name=value, another=value</source>
        <translation>nom=valeur, autre=valeur</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Dossier</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <source>&amp;Test the connection</source>
        <translation>&amp;Tester la connexion</translation>
    </message>
    <message>
        <source>The same as a docker command</source>
        <translation>La même chose en commande docker</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>They stay when containers go, and several containers can use them.</source>
        <translation>Ils restent quand les conteneurs partent, et plusieurs conteneurs peuvent s’en servir.</translation>
    </message>
    <message>
        <source>Containers and you see the same files; yours belong to root inside.</source>
        <translation>Les conteneurs et vous voyez les mêmes fichiers&#xa0;; les vôtres appartiennent à root à l’intérieur.</translation>
    </message>
    <message>
        <source>It is mounted while a container needs it. An administrator is asked.</source>
        <translation>Il est monté tant qu’un conteneur en a besoin. L’accord d’un administrateur est demandé.</translation>
    </message>
    <message>
        <source>Begin it with a slash.</source>
        <translation>Commencez par une barre oblique.</translation>
    </message>
    <message>
        <source>Write a number with k, m or g behind it, for example 64m.</source>
        <translation>Écrivez un nombre suivi de k, m ou g, par exemple 64m.</translation>
    </message>
    <message>
        <source>Write it in octal, for example 1777.</source>
        <translation>Écrivez-le en octal, par exemple 1777.</translation>
    </message>
    <message>
        <source>Write a name.</source>
        <translation>Écrivez un nom.</translation>
    </message>
    <message>
        <source>Not yet: %1</source>
        <translation>Pas encore&#xa0;: %1</translation>
    </message>
    <message>
        <source>Check the volume</source>
        <translation>Vérifier le volume</translation>
    </message>
    <message>
        <source>It cannot be mounted: %1.</source>
        <translation>Impossible de le monter&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Test en cours…</translation>
    </message>
    <message>
        <source>It is mounted where nobody sees it, looked at, and unmounted. This takes fifteen seconds at most.</source>
        <translation>Il est monté là où personne ne le voit, examiné, puis démonté. Cela prend au plus quinze secondes.</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>Créer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::CredentialStore</name>
    <message>
        <source>The keyring did not let go of the account of %1.</source>
        <translation>Le trousseau n’a pas lâché le compte de %1.</translation>
    </message>
    <message>
        <source>Unlock the keyring and try again.</source>
        <translation>Déverrouillez le trousseau et réessayez.</translation>
    </message>
</context>
<context>
    <name>escale::gui::CurrentBuild</name>
    <message>
        <source>Beginning…</source>
        <translation>Démarrage…</translation>
    </message>
</context>
<context>
    <name>escale::gui::CurrentStack</name>
    <message>
        <source>Bring %1 up</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>Take %1 down</source>
        <translation>Supprimer %1</translation>
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
        <source>Restart %1</source>
        <translation>Redémarrer %1</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Mettre en pause %1</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Pull the images of %1</source>
        <translation>Télécharger les images de %1</translation>
    </message>
    <message>
        <source>Build the images of %1</source>
        <translation>Construire les images de %1</translation>
    </message>
    <message>
        <source>Scale %1</source>
        <translation>Redimensionner %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::DebugDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Open the terminal</source>
        <translation>Ouvrir le terminal</translation>
    </message>
    <message>
        <source>Debug terminal for “%1”</source>
        <translation>Terminal de débogage pour « %1 »</translation>
    </message>
    <message>
        <source>A second container starts with the tools of this image. It shares the processes and the network of “%1” and sees its files; “%1” stays as it is.</source>
        <translation>Un second conteneur démarre avec les outils de cette image. Il partage les processus et le réseau de « %1 » et voit ses fichiers ; « %1 » reste tel quel.</translation>
    </message>
    <message>
        <source>Image with the tools</source>
        <translation>Image avec les outils</translation>
    </message>
    <message>
        <source>&amp;Image with the tools</source>
        <translation>&amp;Image avec les outils</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Pulling…</source>
        <translation>Téléchargement…</translation>
    </message>
    <message>
        <source>Pull %1</source>
        <translation>Télécharger %1</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>This image has no shell either: there is no /bin/sh in it.</source>
        <translation>Cette image n’a pas d’interpréteur non plus : elle ne contient pas /bin/sh.</translation>
    </message>
    <message>
        <source>Choose one that has, for example busybox or debian.</source>
        <translation>Choisissez-en une qui en a un, par exemple busybox ou debian.</translation>
    </message>
    <message>
        <source>Name an image that has a shell.</source>
        <translation>Nommez une image qui a un interpréteur.</translation>
    </message>
    <message>
        <source>It is here already.</source>
        <translation>Elle est déjà ici.</translation>
    </message>
    <message>
        <source>It is not here yet: it will be pulled first.</source>
        <translation>Elle n’est pas encore ici : elle sera d’abord téléchargée.</translation>
    </message>
</context>
<context>
    <name>escale::gui::DebugTerminal</name>
    <message>
        <source>Tools of %1, processes and network of %2. Its files are in $ESCALE_TARGET_ROOT, where you are.</source>
        <translation>Outils de %1, processus et réseau de %2. Ses fichiers sont dans $ESCALE_TARGET_ROOT, où vous êtes.</translation>
    </message>
</context>
<context>
    <name>escale::gui::DockerSection</name>
    <message>
        <source>Asking…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Démarrer</translation>
    </message>
    <message>
        <source>Show Escale to doc&amp;ker, as the context “escale”</source>
        <translation>Montrer Escale à doc&amp;ker, comme contexte « escale »</translation>
    </message>
    <message>
        <source>&amp;Use it where no other context is named</source>
        <translation>L’&amp;utiliser quand aucun autre contexte n’est nommé</translation>
    </message>
    <message>
        <source>Start the socket for the docker command line</source>
        <translation>Démarrer la socket pour la ligne de commande docker</translation>
    </message>
    <message>
        <source>Escale answers docker.</source>
        <translation>Escale répond à docker.</translation>
    </message>
    <message>
        <source>Escale does not answer docker yet.</source>
        <translation>Escale ne répond pas encore à docker.</translation>
    </message>
    <message>
        <source>No systemd looks after this session, so start it yourself: %1</source>
        <translation>Aucun systemd ne veille sur cette session ; lancez-le vous-même : %1</translation>
    </message>
    <message>
        <source>DOCKER_HOST is set, and counts more than any context.</source>
        <translation>DOCKER_HOST est définie, et l’emporte sur tout contexte.</translation>
    </message>
</context>
<context>
    <name>escale::gui::DockerfileEditor</name>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Ctrl+Space completes, Ctrl+. shows quick fixes, F8 goes to the next finding, F6 to their list</source>
        <translation>Ctrl+Espace complète, Ctrl+. montre les corrections rapides, F8 va au constat suivant, F6 à leur liste</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile by somebody else.</source>
        <translation>%1 a été modifié entre-temps par quelqu&apos;un d&apos;autre.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Le remplacer</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Enregistrer %1</translation>
    </message>
    <message>
        <source>Ignore %1 here</source>
        <translation>Ignorer %1 ici</translation>
    </message>
    <message>
        <source>Read about %1</source>
        <translation>En savoir plus sur %1</translation>
    </message>
    <message>
        <source>Comment out, or in</source>
        <translation>Mettre en commentaire, ou l&apos;inverse</translation>
    </message>
    <message>
        <source>Find in the Dockerfile</source>
        <translation>Chercher dans le Dockerfile</translation>
    </message>
</context>
<context>
    <name>escale::gui::DrawingView</name>
    <message>
        <source>Arrows go from box to box, plus and minus zoom, 0 shows all of it.</source>
        <translation>Les flèches vont de boîte en boîte, plus et moins agrandissent et réduisent, 0 montre tout.</translation>
    </message>
</context>
<context>
    <name>escale::gui::EditDialog</name>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Appliquer</translation>
    </message>
    <message>
        <source>Run as a ne&amp;w container…</source>
        <translation>Lancer un nou&amp;veau conteneur…</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Modifier %1</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Modifier %1</translation>
    </message>
    <message>
        <source>A new container takes its name. The old one is stopped and kept until the new one is up and healthy, and takes its place again when that fails. Files written in the container are lost unless they are in a volume or in a folder that is mounted.</source>
        <translation>Un nouveau conteneur prend son nom. L’ancien est arrêté et gardé jusqu’à ce que le nouveau tourne et soit sain, et reprend sa place en cas d’échec. Les fichiers écrits dans le conteneur sont perdus, sauf s’ils sont dans un volume ou dans un dossier monté.</translation>
    </message>
    <message>
        <source>&amp;Apply by recreating</source>
        <translation>&amp;Appliquer en recréant</translation>
    </message>
    <message>
        <source>It is removed when it stops, so this needs a new container.</source>
        <translation>Il est supprimé à son arrêt&#xa0;: il faut donc un nouveau conteneur.</translation>
    </message>
    <message>
        <source>A new container takes its name, and is not started. Files written in the container are lost unless they are in a volume or in a folder that is mounted.</source>
        <translation>Un nouveau conteneur prend son nom, sans être démarré. Les fichiers écrits dans le conteneur sont perdus, sauf s’ils sont dans un volume ou dans un dossier monté.</translation>
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
    <name>escale::gui::EnvironmentTab</name>
    <message>
        <source>Show &amp;secrets</source>
        <translation>Montrer les &amp;secrets</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Comes from</source>
        <translation>Provenance</translation>
    </message>
    <message>
        <source>As written</source>
        <translation>Tel qu’écrit</translation>
    </message>
    <message>
        <source>Services whose environment is shown</source>
        <translation>Services dont l’environnement est montré</translation>
    </message>
    <message>
        <source>Environment of the services</source>
        <translation>Environnement des services</translation>
    </message>
    <message>
        <source>Return shows where a value stands.</source>
        <translation>Entrée montre où se trouve une valeur.</translation>
    </message>
    <message>
        <source>All services</source>
        <translation>Tous les services</translation>
    </message>
    <message>
        <source>No environment</source>
        <translation>Pas d’environnement</translation>
    </message>
    <message>
        <source>The services of this stack are given no variables.</source>
        <translation>Les services de cette stack ne reçoivent aucune variable.</translation>
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
    <name>escale::gui::FailureNote</name>
    <message>
        <source>Show the &amp;line</source>
        <translation>Montrer la &amp;ligne</translation>
    </message>
    <message>
        <source>Open a terminal in the &amp;failed step</source>
        <translation>Ouvrir un terminal dans l’instruction é&amp;chouée</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>%1: %2, line %3</source>
        <translation>%1 : %2, ligne %3</translation>
    </message>
</context>
<context>
    <name>escale::gui::FileEditor</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Modifier %1</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Text of the file</source>
        <translation>Texte du fichier</translation>
    </message>
    <message>
        <source>This file cannot be edited</source>
        <translation>Ce fichier ne peut pas être modifié</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>Lire %1</translation>
    </message>
    <message>
        <source>Too large to be edited here</source>
        <translation>Trop grand pour être modifié ici</translation>
    </message>
    <message>
        <source>Up to 1 MiB can be. Download it, edit it, and upload it again.</source>
        <translation>La limite est de 1 Mio. Téléchargez-le, modifiez-le, puis renvoyez-le.</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>Pas un texte</translation>
    </message>
    <message>
        <source>Only UTF-8 text can be edited here.</source>
        <translation>Seul du texte UTF-8 peut être modifié ici.</translation>
    </message>
    <message>
        <source>Line ends of several kinds</source>
        <translation>Des fins de ligne de plusieurs sortes</translation>
    </message>
    <message>
        <source>The editor would change more of it than you do. Download it to edit it.</source>
        <translation>L’éditeur en changerait plus que vous. Téléchargez-le pour le modifier.</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Enregistrer %1</translation>
    </message>
    <message>
        <source>The file was changed meanwhile by somebody else.</source>
        <translation>Le fichier a été changé entre-temps par quelqu’un d’autre.</translation>
    </message>
    <message>
        <source>The file was removed meanwhile.</source>
        <translation>Le fichier a été supprimé entre-temps.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Le remplacer</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>L’écrire à nouveau</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>What you have changed is not saved.</source>
        <translation>Vos modifications ne sont pas enregistrées.</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>Les abandonner</translation>
    </message>
</context>
<context>
    <name>escale::gui::FileEdits</name>
    <message>
        <source>&amp;New folder…</source>
        <translation>&amp;Nouveau dossier…</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Re&amp;nommer</translation>
    </message>
    <message>
        <source>&amp;Permissions…</source>
        <translation>&amp;Droits d’accès…</translation>
    </message>
    <message>
        <source>&amp;Search below this folder…</source>
        <translation>&amp;Chercher sous ce dossier…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>Suppri&amp;mer…</translation>
    </message>
    <message>
        <source>“%1” cannot be a file&apos;s name</source>
        <translation>«&#xa0;%1&#xa0;» ne peut pas être un nom de fichier</translation>
    </message>
    <message>
        <source>Write one without a slash.</source>
        <translation>Écrivez-en un sans barre oblique.</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>Renommer %1</translation>
    </message>
    <message>
        <source>Remove %1 from %2?</source>
        <translation>Supprimer %1 de %2&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>Remove %1 and %n more from %2?</source>
        <translation>
            <numerusform>Supprimer %1 et %n autre de %2&#xa0;?</numerusform>
            <numerusform>Supprimer %1 et %n autres de %2&#xa0;?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) go with all that is in them.</source>
        <translation>
            <numerusform>%n dossier part avec tout son contenu.</numerusform>
            <numerusform>%n dossiers partent avec tout leur contenu.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of files are lost.</source>
        <translation>%1 de fichiers sont perdus.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove files</source>
        <translation>Supprimer des fichiers</translation>
    </message>
</context>
<context>
    <name>escale::gui::FilePreview</name>
    <message>
        <source>Content of the file</source>
        <translation>Contenu du fichier</translation>
    </message>
    <message>
        <source>Picture in the file</source>
        <translation>Image du fichier</translation>
    </message>
    <message>
        <source>No file selected</source>
        <translation>Aucun fichier sélectionné</translation>
    </message>
    <message>
        <source>Select one to see what it holds.</source>
        <translation>Sélectionnez-en un pour voir ce qu’il contient.</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Un dossier</translation>
    </message>
    <message>
        <source>Open it with Enter or a double click.</source>
        <translation>Ouvrez-le avec Entrée ou un double-clic.</translation>
    </message>
    <message>
        <source>No file with a content</source>
        <translation>Pas un fichier ordinaire</translation>
    </message>
    <message>
        <source>Devices, pipes and sockets are not read.</source>
        <translation>Les périphériques, tubes et sockets ne sont pas lus.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>A link to nothing</source>
        <translation>Un lien vers rien</translation>
    </message>
    <message>
        <source>What it names is not there.</source>
        <translation>Ce qu’il désigne n’existe pas.</translation>
    </message>
    <message>
        <source>A link to a folder</source>
        <translation>Un lien vers un dossier</translation>
    </message>
    <message>
        <source>This file cannot be shown</source>
        <translation>Ce fichier ne peut pas être affiché</translation>
    </message>
    <message>
        <source>An empty file</source>
        <translation>Un fichier vide</translation>
    </message>
    <message>
        <source>Binary, %1 bytes</source>
        <translation>Binaire, %1 octets</translation>
    </message>
    <message>
        <source>Download it to look at it with another program.</source>
        <translation>Téléchargez-le pour l’ouvrir avec un autre programme.</translation>
    </message>
    <message>
        <source>… and more: the first %1 of %2 are shown</source>
        <translation>… et plus : les premiers %1 sur %2 sont affichés</translation>
    </message>
    <message>
        <source>Mounted at run time</source>
        <translation>Monté à l’exécution</translation>
    </message>
    <message>
        <source>The container sees something else here, which is mounted over it when it starts: no part of the image&apos;s or the container&apos;s file system, and not read here. Look at %1 in its terminal.</source>
        <translation>Le conteneur voit autre chose ici, qui est monté par-dessus à son démarrage&#xa0;: cela ne fait partie ni du système de fichiers de l’image ni de celui du conteneur, et n’est pas lu ici. Regardez %1 dans son terminal.</translation>
    </message>
</context>
<context>
    <name>escale::gui::FileSearchDialog</name>
    <message>
        <source>Search %1 below %2</source>
        <translation>Chercher dans %1 sous %2</translation>
    </message>
    <message>
        <source>Part of a name; * and ? stand for anything</source>
        <translation>Partie d’un nom&#xa0;; * et ? remplacent n’importe quoi</translation>
    </message>
    <message>
        <source>Files that were found</source>
        <translation>Fichiers trouvés</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Write a part of a name</source>
        <translation>Écrivez une partie d’un nom</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>No file is called so</source>
        <translation>Aucun fichier ne s’appelle ainsi</translation>
    </message>
    <message numerus="yes">
        <source>Searching… %n file(s) so far</source>
        <translation>
            <numerusform>Recherche… %n fichier pour l’instant</numerusform>
            <numerusform>Recherche… %n fichiers pour l’instant</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n file(s); write more of the name to see others.</source>
        <translation>
            <numerusform>Le premier fichier&#xa0;; précisez le nom pour en voir d’autres.</numerusform>
            <numerusform>Les %n premiers fichiers&#xa0;; précisez le nom pour en voir d’autres.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n fichier</numerusform>
            <numerusform>%n fichiers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FileTransfers</name>
    <message>
        <source>Download %1</source>
        <translation>Télécharger %1</translation>
    </message>
    <message>
        <source>Downloading %1 to %2</source>
        <translation>Téléchargement de %1 vers %2</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s), pipe(s) or socket(s) were left out</source>
        <translation>
            <numerusform>%n périphérique, tube ou socket a été laissé de côté</numerusform>
            <numerusform>%n périphériques, tubes ou sockets ont été laissés de côté</numerusform>
        </translation>
    </message>
    <message>
        <source>Upload to %1</source>
        <translation>Envoyer vers %1</translation>
    </message>
    <message>
        <source>Uploading %1 to %2</source>
        <translation>Envoi de %1 vers %2</translation>
    </message>
    <message numerus="yes">
        <source>Uploading %n file(s) and folder(s) to %1</source>
        <translation>
            <numerusform>Envoi de %n fichier ou dossier vers %1</numerusform>
            <numerusform>Envoi de %n fichiers et dossiers vers %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FilesModel</name>
    <message>
        <source>folder</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>symbolic link</source>
        <translation>lien symbolique</translation>
    </message>
    <message>
        <source>device</source>
        <translation>périphérique</translation>
    </message>
    <message>
        <source>pipe</source>
        <translation>tube</translation>
    </message>
    <message>
        <source>socket</source>
        <translation>socket</translation>
    </message>
    <message>
        <source>file</source>
        <translation>fichier</translation>
    </message>
    <message>
        <source>User and group, as numbers in the container</source>
        <translation>Utilisateur et groupe, en numéros du conteneur</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propriétaire</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Link to</source>
        <translation>Lien vers</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>mounted</source>
        <translation>monté</translation>
    </message>
    <message>
        <source>Mounted at run time: the container sees something else here, which is no part of its file system.</source>
        <translation>Monté à l’exécution&#xa0;: le conteneur voit autre chose ici, qui ne fait pas partie de son système de fichiers.</translation>
    </message>
    <message>
        <source>mounted at run time</source>
        <translation>monté à l’exécution</translation>
    </message>
</context>
<context>
    <name>escale::gui::FilesTab</name>
    <message>
        <source>One folder &amp;up</source>
        <translation>Dossier &amp;parent</translation>
    </message>
    <message>
        <source>The &amp;root folder</source>
        <translation>Dossier &amp;racine</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Rafraîchir</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Modifier</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Télécharger…</translation>
    </message>
    <message>
        <source>Download as a .&amp;tar…</source>
        <translation>Télécharger en .&amp;tar…</translation>
    </message>
    <message>
        <source>&amp;Upload files…</source>
        <translation>&amp;Envoyer des fichiers…</translation>
    </message>
    <message>
        <source>Upload a &amp;folder…</source>
        <translation>Envoyer un &amp;dossier…</translation>
    </message>
    <message>
        <source>&amp;Copy the path</source>
        <translation>&amp;Copier le chemin</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message numerus="yes">
        <source>only the first %n file(s) are shown</source>
        <translation>
            <numerusform>seul le premier fichier est affiché</numerusform>
            <numerusform>seuls les %n premiers fichiers sont affichés</numerusform>
        </translation>
    </message>
    <message>
        <source>Write the path of what you look for above.</source>
        <translation>Écrivez ci-dessus le chemin de ce que vous cherchez.</translation>
    </message>
    <message>
        <source>No container selected</source>
        <translation>Aucun conteneur sélectionné</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Lecture du dossier…</translation>
    </message>
    <message>
        <source>No file matches the filter</source>
        <translation>Aucun fichier ne correspond au filtre</translation>
    </message>
    <message>
        <source>Write less into it.</source>
        <translation>Écrivez-y moins.</translation>
    </message>
    <message>
        <source>Nothing is in here</source>
        <translation>Rien ici</translation>
    </message>
    <message>
        <source>Drop files here to copy them into the container. What is mounted in it (volumes, /proc) is not shown.</source>
        <translation>Déposez ici des fichiers pour les copier dans le conteneur. Ce qui y est monté (volumes, /proc) n’est pas montré.</translation>
    </message>
    <message>
        <source>Download “%1” to</source>
        <translation>Télécharger « %1 » vers</translation>
    </message>
    <message>
        <source>Save “%1” as an archive</source>
        <translation>Enregistrer « %1 » comme archive</translation>
    </message>
    <message>
        <source>Tar archives (*.tar)</source>
        <translation>Archives tar (*.tar)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Upload to %1</source>
        <translation>Envoyer vers %1</translation>
    </message>
    <message>
        <source>“%1” is in %2 already: it is replaced, and a folder is joined.</source>
        <translation>« %1 » est déjà dans %2 : il sera remplacé, ou fusionné si c’est un dossier.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them are in %1 already: they are replaced, and folders are joined.</source>
        <translation>
            <numerusform>%n d’entre eux est déjà dans %1 : il sera remplacé, ou fusionné si c’est un dossier.</numerusform>
            <numerusform>%n d’entre eux sont déjà dans %1 : ils seront remplacés, et les dossiers fusionnés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Filtrer par nom</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Copies files into this folder; they can be dropped here, too</source>
        <translation>Copie des fichiers dans ce dossier ; on peut aussi les y déposer</translation>
    </message>
    <message>
        <source>Mounted at run time</source>
        <translation>Monté à l’exécution</translation>
    </message>
    <message>
        <source>What the container sees in %1 is mounted over it when it starts: it is no part of its file system, and not shown here.</source>
        <translation>Ce que le conteneur voit dans %1 est monté par-dessus à son démarrage&#xa0;: cela ne fait pas partie de son système de fichiers, et n’est pas montré ici.</translation>
    </message>
    <message>
        <source>No volume selected</source>
        <translation>Aucun volume sélectionné</translation>
    </message>
    <message>
        <source>Its files cannot be seen now</source>
        <translation>Ses fichiers ne sont pas visibles pour l’instant</translation>
    </message>
    <message>
        <source>Drop files here to copy them into the volume.</source>
        <translation>Déposez des fichiers ici pour les copier dans le volume.</translation>
    </message>
    <message>
        <source>Drag files out</source>
        <translation>Glisser des fichiers vers l’extérieur</translation>
    </message>
</context>
<context>
    <name>escale::gui::FindBar</name>
    <message>
        <source>Find</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Previous place (Shift+Enter)</source>
        <translation>Endroit précédent (Maj+Entrée)</translation>
    </message>
    <message>
        <source>Next place (Enter)</source>
        <translation>Endroit suivant (Entrée)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Fermer (Échap)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>From the other end on</source>
        <translation>Depuis l&apos;autre bout</translation>
    </message>
</context>
<context>
    <name>escale::gui::FindingsModel</name>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Constat</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Endroits</translation>
    </message>
    <message>
        <source>Could save</source>
        <translation>À gagner</translation>
    </message>
</context>
<context>
    <name>escale::gui::FindingsTab</name>
    <message>
        <source>Efficiency</source>
        <translation>Efficacité</translation>
    </message>
    <message>
        <source>Bytes that each path needs at the least, of all that the layers store for it. The same figure as dive&apos;s.</source>
        <translation>Octets nécessaires au moins pour chaque chemin, sur tout ce que les couches stockent pour lui. Le même chiffre que celui de dive.</translation>
    </message>
    <message>
        <source>Wasted</source>
        <translation>Gaspillé</translation>
    </message>
    <message>
        <source>Bytes of paths that more than one layer stores. The same figure as dive&apos;s.</source>
        <translation>Octets des chemins que plusieurs couches stockent. Le même chiffre que celui de dive.</translation>
    </message>
    <message>
        <source>Comparing files…</source>
        <translation>Comparaison des fichiers…</translation>
    </message>
    <message>
        <source>Nothing to find fault with</source>
        <translation>Rien à redire</translation>
    </message>
    <message>
        <source>Each file is stored once, and nothing lies around that should not.</source>
        <translation>Chaque fichier est stocké une seule fois, et rien ne traîne.</translation>
    </message>
</context>
<context>
    <name>escale::gui::FindingsView</name>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Files and places of the finding</source>
        <translation>Fichiers et endroits du constat</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>HOW TO DO BETTER</source>
        <translation>COMMENT FAIRE MIEUX</translation>
    </message>
    <message>
        <source>THE FIRST %1 OF %2</source>
        <translation>LES %1 PREMIERS SUR %2</translation>
    </message>
    <message>
        <source>WHERE</source>
        <translation>OÙ</translation>
    </message>
</context>
<context>
    <name>escale::gui::FormDialog</name>
    <message>
        <source>Sho&amp;w it</source>
        <translation>&amp;Montrer</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Entrée</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Something here is wrong.</source>
        <translation>Il y a une erreur ici.</translation>
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
    <name>escale::gui::FoundFilesModel</name>
    <message>
        <source>Path</source>
        <translation>Chemin</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::GalleryDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>L&apos;écrire</translation>
    </message>
    <message>
        <source>New stack from a sample</source>
        <translation>Nouvelle stack à partir d’un exemple</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>The sample&apos;s Compose file</source>
        <translation>Le fichier Compose de l’exemple</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>&amp;Parcourir…</translation>
    </message>
    <message>
        <source>&amp;Folder of the stack</source>
        <translation>&amp;Dossier de la stack</translation>
    </message>
    <message>
        <source>Folder of the stack</source>
        <translation>Dossier de la stack</translation>
    </message>
    <message>
        <source>Runs without a network: its image is part of Escale</source>
        <translation>Fonctionne sans réseau : son image fait partie d’Escale</translation>
    </message>
    <message>
        <source>Pulls its images from the network</source>
        <translation>Télécharge ses images depuis le réseau</translation>
    </message>
    <message>
        <source>ports: %1</source>
        <translation>ports : %1</translation>
    </message>
    <message>
        <source>Choose the folder of the stack.</source>
        <translation>Choisissez le dossier de la stack.</translation>
    </message>
    <message>
        <source>The folder&apos;s name begins with “/”.</source>
        <translation>Le nom du dossier commence par « / ».</translation>
    </message>
    <message>
        <source>That is a file.</source>
        <translation>C’est un fichier.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are written into it.</source>
        <translation>
            <numerusform>%n fichier y est écrit.</numerusform>
            <numerusform>%n fichiers y sont écrits.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the folder of the stack</source>
        <translation>Choisir le dossier de la stack</translation>
    </message>
    <message>
        <source>The folder has %1 already.</source>
        <translation>Le dossier contient déjà %1.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Write the sample</source>
        <translation>Écrire l’exemple</translation>
    </message>
</context>
<context>
    <name>escale::gui::HealthModel</name>
    <message>
        <source>%1 ms</source>
        <translation>%1&#xa0;ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>réussie</translation>
    </message>
    <message>
        <source>took too long, or could not be run</source>
        <translation>trop longue, ou impossible à lancer</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Sortie</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::HealthTab</name>
    <message>
        <source>Command of the health check</source>
        <translation>Commande du contrôle de santé</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>Sondes</translation>
    </message>
    <message>
        <source>Output of the probe</source>
        <translation>Sortie de la sonde</translation>
    </message>
    <message>
        <source>The probe wrote nothing</source>
        <translation>La sonde n’a rien écrit</translation>
    </message>
    <message>
        <source>No health check</source>
        <translation>Pas de contrôle de santé</translation>
    </message>
    <message>
        <source>A health check is a command that is executed in the container now and then and tells whether it does its work. Give one when you run a container (--health-cmd in its docker line), or a HEALTHCHECK in the image&apos;s Dockerfile.</source>
        <translation>Un contrôle de santé est une commande exécutée de temps en temps dans le conteneur, qui dit s’il fait son travail. Donnez-en une en lançant un conteneur (--health-cmd dans sa ligne docker), ou un HEALTHCHECK dans le Dockerfile de l’image.</translation>
    </message>
    <message>
        <source>No probe yet</source>
        <translation>Pas encore de sonde</translation>
    </message>
    <message>
        <source>The first one shows up here as soon as it has ended.</source>
        <translation>La première apparaît ici dès qu’elle est terminée.</translation>
    </message>
    <message>
        <source>The container does not run</source>
        <translation>Le conteneur n’est pas en marche</translation>
    </message>
    <message>
        <source>Start it with the button above, then its health is checked.</source>
        <translation>Démarrez-le avec le bouton ci-dessus, sa santé sera alors contrôlée.</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>En bonne santé</translation>
    </message>
    <message>
        <source>Unhealthy</source>
        <translation>En mauvaise santé</translation>
    </message>
    <message>
        <source>Starting: not healthy yet</source>
        <translation>Démarrage&#xa0;: pas encore en bonne santé</translation>
    </message>
    <message>
        <source>Not checked now</source>
        <translation>Pas contrôlé en ce moment</translation>
    </message>
    <message numerus="yes">
        <source>%1 of the last %n probe(s) passed</source>
        <translation>
            <numerusform>%1 sonde réussie sur la dernière</numerusform>
            <numerusform>%1 sondes réussies sur les %n dernières</numerusform>
        </translation>
    </message>
    <message>
        <source>Read the probes</source>
        <translation>Lire les sondes</translation>
    </message>
</context>
<context>
    <name>escale::gui::HistoryModel</name>
    <message>
        <source>The layer that the step made; steps without one change no file</source>
        <translation>La couche que l’étape a créée ; sans couche, l’étape ne change aucun fichier</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Instruction</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
    </message>
</context>
<context>
    <name>escale::gui::HistoryTab</name>
    <message>
        <source>Read the build</source>
        <translation>Lire la construction</translation>
    </message>
    <message>
        <source>&amp;Build again with the same settings</source>
        <translation>&amp;Reconstruire avec les mêmes réglages</translation>
    </message>
    <message>
        <source>Build again</source>
        <translation>Reconstruire</translation>
    </message>
    <message>
        <source>&amp;Compare two builds</source>
        <translation>&amp;Comparer deux constructions</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>Open a &amp;terminal in the failed step</source>
        <translation>Ouvrir un &amp;terminal dans l’instruction échouée</translation>
    </message>
    <message>
        <source>Failed step</source>
        <translation>Instruction échouée</translation>
    </message>
    <message>
        <source>&amp;Show the image</source>
        <translation>&amp;Montrer l’image</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>&amp;Remove from the history…</source>
        <translation>&amp;Retirer de l’historique…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Builds</source>
        <translation>Constructions</translation>
    </message>
    <message>
        <source>Read the list of builds</source>
        <translation>Lire la liste des constructions</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No builds yet</source>
        <translation>Pas encore de construction</translation>
    </message>
    <message>
        <source>Every build is kept here with its log and its settings, the last hundred of them.</source>
        <translation>Chaque construction est gardée ici avec son journal et ses réglages, les cent dernières.</translation>
    </message>
    <message>
        <source>Choose two builds in the list, with Ctrl held</source>
        <translation>Choisissez deux constructions dans la liste, en tenant Ctrl</translation>
    </message>
    <message>
        <source>Read the build&apos;s settings</source>
        <translation>Lire les réglages de la construction</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n build(s) from the history, with log and settings? Images and cache stay.</source>
        <translation>
            <numerusform>Retirer %n construction de l’historique, avec journal et réglages ? Images et cache restent.</numerusform>
            <numerusform>Retirer %n constructions de l’historique, avec journaux et réglages ? Images et cache restent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove builds</source>
        <translation>Retirer des constructions</translation>
    </message>
</context>
<context>
    <name>escale::gui::ImageActions</name>
    <message>
        <source>&amp;Run…</source>
        <translation>E&amp;xécuter…</translation>
    </message>
    <message>
        <source>&amp;Tag…</source>
        <translation>&amp;Étiqueter…</translation>
    </message>
    <message>
        <source>&amp;Push…</source>
        <translation>&amp;Envoyer…</translation>
    </message>
    <message>
        <source>&amp;Save as archive…</source>
        <translation>En&amp;registrer comme archive…</translation>
    </message>
    <message>
        <source>Copy the &amp;name with its digest</source>
        <translation>Copier le &amp;nom avec son empreinte</translation>
    </message>
    <message>
        <source>&amp;Copy digest</source>
        <translation>&amp;Copier l’empreinte</translation>
    </message>
    <message>
        <source>&amp;Load an archive…</source>
        <translation>C&amp;harger une archive…</translation>
    </message>
    <message>
        <source>&amp;Import a root file system…</source>
        <translation>&amp;Importer un système de fichiers racine…</translation>
    </message>
    <message>
        <source>Disk &amp;usage</source>
        <translation>Espace &amp;disque</translation>
    </message>
    <message>
        <source>&amp;Verify all</source>
        <translation>Tout &amp;vérifier</translation>
    </message>
    <message>
        <source>Remove unused ima&amp;ges…</source>
        <translation>Supprimer les ima&amp;ges inutilisées…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>Suppri&amp;mer…</translation>
    </message>
    <message>
        <source>%1 was pushed.</source>
        <translation>%1 a été envoyée.</translation>
    </message>
    <message>
        <source>%1 was pushed: %2 sent.</source>
        <translation>%1 a été envoyée : %2 transmis.</translation>
    </message>
    <message numerus="yes">
        <source>%1 was pushed: %2 sent, %n layer(s) were there already.</source>
        <translation>
            <numerusform>%1 a été envoyée : %2 transmis, %n couche était déjà là-bas.</numerusform>
            <numerusform>%1 a été envoyée : %2 transmis, %n couches étaient déjà là-bas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>Envoyer %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Se connecter…</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Enregistrer %1</translation>
    </message>
    <message numerus="yes">
        <source>Save %n image(s) in one archive</source>
        <translation>
            <numerusform>Enregistrer %n image dans une archive</numerusform>
            <numerusform>Enregistrer %n images dans une archive</numerusform>
        </translation>
    </message>
    <message>
        <source>Archives (*.tar)</source>
        <translation>Archives (*.tar)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>%1 was written (%2).</source>
        <translation>%1 a été écrit (%2).</translation>
    </message>
    <message>
        <source>Load images from archives</source>
        <translation>Charger les images d’archives</translation>
    </message>
    <message>
        <source>Archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.oci)</source>
        <translation>Archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.oci)</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>Charger %1</translation>
    </message>
    <message>
        <source>Load under a name…</source>
        <translation>Charger sous un nom…</translation>
    </message>
    <message>
        <source>Import it as a root file system…</source>
        <translation>L’importer comme système de fichiers racine…</translation>
    </message>
    <message>
        <source>Load under a name</source>
        <translation>Charger sous un nom</translation>
    </message>
    <message>
        <source>Name for images that have none in the archive</source>
        <translation>Nom des images qui n’en ont pas dans l’archive</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>%1 was loaded.</source>
        <translation>%1 a été chargé.</translation>
    </message>
    <message>
        <source>Loaded: %1</source>
        <comment>names of images</comment>
        <translation>Chargé : %1</translation>
    </message>
    <message>
        <source>%1 was made.</source>
        <translation>%1 a été créée.</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>Importer %1</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) of images removed, %1 freed.</source>
        <translation>
            <numerusform>%n nom d’image supprimé, %1 libérés.</numerusform>
            <numerusform>%n noms d’images supprimés, %1 libérés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the name “%1” off its image? The image keeps its other names.</source>
        <translation>Retirer le nom « %1 » de son image ? L’image garde ses autres noms.</translation>
    </message>
    <message>
        <source>Remove the image “%1”? It can be pulled again.</source>
        <translation>Supprimer l’image « %1 » ? Elle peut être téléchargée à nouveau.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n name(s) of images?</source>
        <translation>
            <numerusform>Supprimer %n nom d’image ?</numerusform>
            <numerusform>Supprimer %n noms d’images ?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) go with them.</source>
        <translation>
            <numerusform>%n image part avec.</numerusform>
            <numerusform>%n images partent avec.</numerusform>
        </translation>
    </message>
    <message>
        <source>Untag</source>
        <translation>Retirer le nom</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>%1 of %2 could not be removed</source>
        <translation>%1 sur %2 n’ont pas pu être supprimés</translation>
    </message>
    <message>
        <source>Show who uses it</source>
        <translation>Montrer qui l’utilise</translation>
    </message>
</context>
<context>
    <name>escale::gui::ImageRepair</name>
    <message>
        <source>Verify the images</source>
        <translation>Vérifier les images</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>All images are as they were pulled.</source>
        <translation>Toutes les images sont telles qu’elles ont été téléchargées.</translation>
    </message>
    <message>
        <source>Mend the images</source>
        <translation>Réparer les images</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) were mended.</source>
        <translation>
            <numerusform>%n image a été réparée.</numerusform>
            <numerusform>%n images ont été réparées.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ImageTabs</name>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Configuration</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Utilisée par</translation>
    </message>
    <message>
        <source>No image selected</source>
        <translation>Aucune image sélectionnée</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <translation>Lecture des couches…</translation>
    </message>
    <message>
        <source>Reading the history…</source>
        <translation>Lecture de l’historique…</translation>
    </message>
    <message>
        <source>No history</source>
        <translation>Pas d’historique</translation>
    </message>
    <message>
        <source>The image does not tell how it was made.</source>
        <translation>L’image ne dit pas comment elle a été faite.</translation>
    </message>
    <message>
        <source>The configuration cannot be read</source>
        <translation>La configuration ne peut pas être lue</translation>
    </message>
    <message>
        <source>The layers cannot be read</source>
        <translation>Les couches ne peuvent pas être lues</translation>
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
    <message>
        <source>On the disk, of layers that another image has, too</source>
        <translation>Sur le disque, des couches qu’une autre image a aussi</translation>
    </message>
    <message>
        <source>On the disk, of layers that no other image has: what its removal frees</source>
        <translation>Sur le disque, des couches qu’aucune autre image n’a : ce que libère sa suppression</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Partagé</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>En propre</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
</context>
<context>
    <name>escale::gui::ImagesPane</name>
    <message>
        <source>Reading the images…</source>
        <translation>Lecture des images…</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
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
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>Charger…</translation>
    </message>
    <message>
        <source>Load an archive…</source>
        <translation>Charger une archive…</translation>
    </message>
</context>
<context>
    <name>escale::gui::ImportDialog</name>
    <message>
        <source>Import a root file system</source>
        <translation>Importer un système de fichiers racine</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>An image with one layer is made of the archive. For archives of images (docker save, OCI) use Load.</source>
        <translation>Une image à une couche est faite de l’archive. Pour des archives d’images (docker save, OCI), utilisez Charger.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>root file system as tar, compressed or not</source>
        <translation>système de fichiers racine en tar, compressé ou non</translation>
    </message>
    <message>
        <source>&amp;Name and tag</source>
        <translation>&amp;Nom et étiquette</translation>
    </message>
    <message>
        <source>for example rootfs:1</source>
        <translation>par exemple rootfs:1</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Message</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>facultatif</translation>
    </message>
    <message>
        <source>C&amp;hanges</source>
        <translation>C&amp;hangements</translation>
    </message>
    <message>
        <source>a line each, as in a Dockerfile:
CMD [&quot;/bin/sh&quot;]
ENV LANG=C.UTF-8</source>
        <translation>une ligne chacun, comme dans un Dockerfile :
CMD [&quot;/bin/sh&quot;]
ENV LANG=C.UTF-8</translation>
    </message>
    <message>
        <source>Choose an archive</source>
        <translation>Choisir une archive</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>Choisissez un fichier.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Ce fichier n’existe pas.</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>Importer %1</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>&amp;Parcourir…</translation>
    </message>
</context>
<context>
    <name>escale::gui::InspectModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n valeur</numerusform>
            <numerusform>%n valeurs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::InspectTab</name>
    <message>
        <source>Everything about the container</source>
        <translation>Tout ce qu’on sait du conteneur</translation>
    </message>
    <message>
        <source>The container as JSON</source>
        <translation>Le conteneur en JSON</translation>
    </message>
    <message>
        <source>&amp;Copy the value</source>
        <translation>&amp;Copier la valeur</translation>
    </message>
    <message>
        <source>Copy the &amp;path</source>
        <translation>Copier le &amp;chemin</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Copier en &amp;JSON</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Arbre</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Tout copier</translation>
    </message>
    <message>
        <source>Copies everything as JSON</source>
        <translation>Copie tout en JSON</translation>
    </message>
    <message>
        <source>Read the container</source>
        <translation>Lire le conteneur</translation>
    </message>
    <message>
        <source>Reading the container…</source>
        <translation>Lecture du conteneur…</translation>
    </message>
    <message>
        <source>Find in the JSON</source>
        <translation>Chercher dans le JSON</translation>
    </message>
    <message>
        <source>Filter by name or value</source>
        <translation>Filtrer par nom ou valeur</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n occurrence</numerusform>
            <numerusform>%n occurrences</numerusform>
        </translation>
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
    <message>
        <source>Copy from %1</source>
        <translation>Copier depuis %1</translation>
    </message>
    <message>
        <source>Copy into %1</source>
        <translation>Copier dans %1</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>Exporter %1</translation>
    </message>
    <message>
        <source>Make an image of %1</source>
        <translation>Créer une image de %1</translation>
    </message>
    <message>
        <source>Look into %1</source>
        <translation>Examiner %1</translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>Envoyer %1</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>Enregistrer %1</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>Charger %1</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>Importer %1</translation>
    </message>
    <message>
        <source>Verify the images</source>
        <translation>Vérifier les images</translation>
    </message>
    <message>
        <source>Load an archive</source>
        <translation>Charger une archive</translation>
    </message>
    <message>
        <source>Build %1</source>
        <translation>Construire %1</translation>
    </message>
    <message>
        <source>Open the failed step of %1</source>
        <translation>Ouvrir l’instruction échouée de %1</translation>
    </message>
    <message>
        <source>Bring %1 up</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>Take %1 down</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>Tuer %1</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Mettre en pause %1</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Remove what is stopped of %1</source>
        <translation>Supprimer ce qui est arrêté de %1</translation>
    </message>
    <message>
        <source>Scale %1</source>
        <translation>Redimensionner %1</translation>
    </message>
    <message>
        <source>Run a command of %1</source>
        <translation>Exécuter une commande de %1</translation>
    </message>
    <message>
        <source>Build the images of %1</source>
        <translation>Construire les images de %1</translation>
    </message>
    <message>
        <source>Pull the images of %1</source>
        <translation>Télécharger les images de %1</translation>
    </message>
    <message>
        <source>Push the images of %1</source>
        <translation>Publier les images de %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::JobPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>escale::gui::JobSteps</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>déjà là-bas</translation>
    </message>
    <message>
        <source>already here</source>
        <translation>déjà ici</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>packing %1</source>
        <comment>12 MB of 20 MB</comment>
        <translation>emballage %1</translation>
    </message>
    <message>
        <source>reading %1</source>
        <comment>12 MB of 20 MB</comment>
        <translation>lecture %1</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archive</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Couche %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::JobsDrawer</name>
    <message>
        <source>Jobs</source>
        <translation>Travaux</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>Afficher les travaux</translation>
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
    <message>
        <source>Nothing was done yet. Whatever you do shows up here: how far it is, and what it is as a docker command, as a call to the engine and for the kernel.</source>
        <translation>Rien n’a encore été fait. Tout ce que vous faites apparaît ici&#xa0;: où cela en est, et ce que c’est comme commande docker, comme appel au moteur et pour le noyau.</translation>
    </message>
    <message>
        <source>Forget what is over</source>
        <translation>Oublier ce qui est terminé</translation>
    </message>
</context>
<context>
    <name>escale::gui::LayerTreeModel</name>
    <message>
        <source>Added</source>
        <translation>Ajouté</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Supprimé</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangé</translation>
    </message>
    <message>
        <source>User and group, as numbers in the container</source>
        <translation>Utilisateur et groupe, en nombres dans le conteneur</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Droits</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propriétaire</translation>
    </message>
</context>
<context>
    <name>escale::gui::LayerTrialBar</name>
    <message>
        <source>Append a line</source>
        <translation>Ajouter une ligne</translation>
    </message>
    <message>
        <source>To the file that is followed: it is copied up</source>
        <translation>Au fichier suivi&#xa0;: il est copié vers le haut</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Le retirer</translation>
    </message>
    <message>
        <source>The file that is followed: a whiteout hides it</source>
        <translation>Le fichier suivi&#xa0;: un whiteout le cache</translation>
    </message>
    <message>
        <source>Create a file</source>
        <translation>Créer un fichier</translation>
    </message>
    <message>
        <source>In the container&apos;s own layer alone</source>
        <translation>Dans la seule couche du conteneur</translation>
    </message>
    <message>
        <source>Try it in the container:</source>
        <translation>Essayez dans le conteneur&#xa0;:</translation>
    </message>
    <message>
        <source>Remove %1 in the container? The image keeps it; this container misses it until it is made anew.</source>
        <translation>Supprimer %1 dans le conteneur&#xa0;? L’image le garde&#xa0;; il manquera à ce conteneur jusqu’à ce qu’il soit recréé.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>done</source>
        <translation>finie</translation>
    </message>
    <message>
        <source>failed (%1)</source>
        <translation>échec (%1)</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>la connexion est perdue</translation>
    </message>
</context>
<context>
    <name>escale::gui::LayersModel</name>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Files that the layer adds, changes and removes; what it removes is still stored below</source>
        <translation>Fichiers que la couche ajoute, modifie et supprime ; ce qu’elle supprime reste stocké dessous</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Instruction</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>added: %1, changed: %2, removed: %3</source>
        <translation>ajoutés : %1, modifiés : %2, supprimés : %3</translation>
    </message>
</context>
<context>
    <name>escale::gui::LayersPage</name>
    <message>
        <source>Time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Chemin</translation>
    </message>
    <message>
        <source>Follow a file through the layers</source>
        <translation>Suivre un fichier à travers les couches</translation>
    </message>
    <message>
        <source>Watch what the container changes</source>
        <translation>Observer ce que change le conteneur</translation>
    </message>
    <message>
        <source>Try it in the container</source>
        <translation>Essayer dans le conteneur</translation>
    </message>
    <message>
        <source>As it happens</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Why the image is not smaller</source>
        <translation>Pourquoi l’image n’est pas plus petite</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <translation>Lecture des couches…</translation>
    </message>
    <message>
        <source>The layers cannot be shown</source>
        <translation>Les couches ne peuvent pas être affichées</translation>
    </message>
    <message>
        <source>Read the layers</source>
        <translation>Lire les couches</translation>
    </message>
    <message>
        <source>start the container to try it</source>
        <translation>démarrez le conteneur pour essayer</translation>
    </message>
    <message>
        <source>the image has no shell to try it with</source>
        <translation>l’image n’a pas de shell pour essayer</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
</context>
<context>
    <name>escale::gui::LayersTab</name>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>&amp;Copy the instruction</source>
        <translation>&amp;Copier l’instruction</translation>
    </message>
    <message>
        <source>Files of the layer</source>
        <translation>Fichiers de la couche</translation>
    </message>
    <message>
        <source>&amp;Copy the path</source>
        <translation>&amp;Copier le chemin</translation>
    </message>
    <message>
        <source>Filter by name or path</source>
        <translation>Filtrer par nom ou chemin</translation>
    </message>
    <message>
        <source>This layer</source>
        <translation>Cette couche</translation>
    </message>
    <message>
        <source>What this layer changes</source>
        <translation>Ce que cette couche modifie</translation>
    </message>
    <message>
        <source>All up to it</source>
        <translation>Toutes jusqu’à elle</translation>
    </message>
    <message>
        <source>The file system as it is with this layer on those below</source>
        <translation>Le système de fichiers avec cette couche sur celles du dessous</translation>
    </message>
    <message>
        <source>Shows or hides these files</source>
        <translation>Affiche ou masque ces fichiers</translation>
    </message>
    <message>
        <source>Read the layers</source>
        <translation>Lire les couches</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n fichier</numerusform>
            <numerusform>%n fichiers</numerusform>
        </translation>
    </message>
    <message>
        <source>No image selected</source>
        <translation>Aucune image sélectionnée</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>The layers cannot be shown</source>
        <translation>Les couches ne peuvent pas être affichées</translation>
    </message>
    <message>
        <source>Reading the layers…</source>
        <translation>Lecture des couches…</translation>
    </message>
    <message>
        <source>No file matches the filter</source>
        <translation>Aucun fichier ne correspond au filtre</translation>
    </message>
    <message>
        <source>Write less into it, or choose other kinds.</source>
        <translation>Écrivez-en moins, ou choisissez d’autres genres.</translation>
    </message>
    <message>
        <source>This layer changes no files of these kinds</source>
        <translation>Cette couche ne modifie aucun fichier de ces genres</translation>
    </message>
    <message>
        <source>Choose other kinds, or all layers up to it.</source>
        <translation>Choisissez d’autres genres, ou toutes les couches jusqu’à elle.</translation>
    </message>
</context>
<context>
    <name>escale::gui::LearnPage</name>
    <message>
        <source>The same as a table</source>
        <translation>La même chose en tableau</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Explication</translation>
    </message>
    <message>
        <source>Show all of it (0)</source>
        <translation>Tout montrer (0)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Plus près (+)</translation>
    </message>
    <message>
        <source>Farther (−)</source>
        <translation>Plus loin (−)</translation>
    </message>
    <message>
        <source>Save as SVG or PNG…</source>
        <translation>Enregistrer en SVG ou PNG…</translation>
    </message>
    <message>
        <source>No container</source>
        <translation>Aucun conteneur</translation>
    </message>
    <message>
        <source>Run one, and see here what it is made of.</source>
        <translation>Lancez-en un, et voyez ici de quoi il est fait.</translation>
    </message>
    <message>
        <source>Run a container</source>
        <translation>Lancer un conteneur</translation>
    </message>
    <message>
        <source>%1 does not run</source>
        <translation>%1 ne tourne pas</translation>
    </message>
    <message>
        <source>What is shown here is read from the kernel while a container runs.</source>
        <translation>Ce qui est montré ici est lu dans le noyau pendant qu’un conteneur tourne.</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>Le démarrer</translation>
    </message>
    <message>
        <source>Save the drawing</source>
        <translation>Enregistrer le dessin</translation>
    </message>
    <message>
        <source>SVG (*.svg);;PNG (*.png)</source>
        <translation>SVG (*.svg);;PNG (*.png)</translation>
    </message>
</context>
<context>
    <name>escale::gui::LearnPane</name>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>Espaces de noms</translation>
    </message>
    <message>
        <source>Who may what</source>
        <translation>Qui peut quoi</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>Comment il a été fait</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>Vie</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Apprendre</translation>
    </message>
    <message>
        <source>what a container is, read from the kernel</source>
        <translation>ce qu’est un conteneur, lu dans le noyau</translation>
    </message>
    <message>
        <source>Find in the view</source>
        <translation>Chercher dans la vue</translation>
    </message>
    <message>
        <source>List the containers</source>
        <translation>Lister les conteneurs</translation>
    </message>
    <message>
        <source>Start the container</source>
        <translation>Démarrer le conteneur</translation>
    </message>
</context>
<context>
    <name>escale::gui::LifePage</name>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Make a zombie</source>
        <translation>Faire un zombie</translation>
    </message>
    <message>
        <source>Run that is shown</source>
        <translation>Exécution montrée</translation>
    </message>
    <message>
        <source>Starts, for half a minute, a process whose child ends while nobody asks how</source>
        <translation>Lance, pour une demi-minute, un processus dont l’enfant se termine sans que personne demande comment</translation>
    </message>
    <message>
        <source>Read what has happened to it</source>
        <translation>Lire ce qui lui est arrivé</translation>
    </message>
    <message>
        <source>The last run</source>
        <translation>La dernière exécution</translation>
    </message>
</context>
<context>
    <name>escale::gui::LimitEditor</name>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copier la commande</translation>
    </message>
    <message>
        <source>Limit of processors</source>
        <translation>Limite de processeurs</translation>
    </message>
    <message>
        <source>Limit of memory</source>
        <translation>Limite de mémoire</translation>
    </message>
    <message>
        <source>Limit of processes</source>
        <translation>Limite de processus</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation>&#xa0;Mio</translation>
    </message>
    <message>
        <source> CPUs</source>
        <translation>&#xa0;CPU</translation>
    </message>
    <message>
        <source>%1: none</source>
        <translation>%1&#xa0;: aucune</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>docker update cannot lift this limit; Escale does.</source>
        <translation>docker update ne sait pas lever cette limite&#xa0;; Escale le fait.</translation>
    </message>
    <message>
        <source>Below its %1: caches are taken back first, then processes are ended.</source>
        <translation>Sous ses %1&#xa0;: les caches sont repris d’abord, puis des processus sont arrêtés.</translation>
    </message>
    <message>
        <source>Below what it has: those go on, but no more can start.</source>
        <translation>Moins qu’il n’en a&#xa0;: ceux-là continuent, mais aucun autre ne peut démarrer.</translation>
    </message>
</context>
<context>
    <name>escale::gui::LintFindingsModel</name>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Règle</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Constat</translation>
    </message>
</context>
<context>
    <name>escale::gui::LintPanel</name>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>Findings about the Dockerfile</source>
        <translation>Constats sur le Dockerfile</translation>
    </message>
    <message>
        <source>Makes all changes that leave what the build makes as it is</source>
        <translation>Fait toutes les modifications qui laissent le résultat de la construction tel qu&apos;il est</translation>
    </message>
    <message>
        <source>&amp;Apply the quick fix</source>
        <translation>&amp;Appliquer la correction rapide</translation>
    </message>
    <message>
        <source>&amp;Ignore it here</source>
        <translation>&amp;Ignorer ici</translation>
    </message>
    <message>
        <source>&amp;Read about the rule</source>
        <translation>En savoi&amp;r plus sur la règle</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n erreur</numerusform>
            <numerusform>%n erreurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n avertissement</numerusform>
            <numerusform>%n avertissements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of advice</source>
        <translation>
            <numerusform>%n conseil</numerusform>
            <numerusform>%n conseils</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to improve</source>
        <translation>Rien à améliorer</translation>
    </message>
    <message>
        <source>Fix all (%1)</source>
        <translation>Tout corriger (%1)</translation>
    </message>
</context>
<context>
    <name>escale::gui::LintRunner</name>
    <message>
        <source>ShellCheck is not installed: what RUN gives to the shell is not looked at</source>
        <translation>ShellCheck n&apos;est pas installé : ce que RUN donne au shell n&apos;est pas examiné</translation>
    </message>
</context>
<context>
    <name>escale::gui::LogPattern</name>
    <message>
        <source>%1 (at character %2)</source>
        <translation>%1 (au caractère %2)</translation>
    </message>
</context>
<context>
    <name>escale::gui::LogSearchBar</name>
    <message>
        <source>Find in the log</source>
        <translation>Chercher dans le journal</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Respecter la casse</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Mots entiers</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Expression régulière</translation>
    </message>
    <message>
        <source>Only lines that match</source>
        <translation>Seulement les lignes qui correspondent</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Occurrence précédente (Maj+F3)</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Occurrence suivante (F3)</translation>
    </message>
    <message>
        <source>Close the search (Escape)</source>
        <translation>Fermer la recherche (Échap)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>match 3 of 120</comment>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1 found</source>
        <comment>matches</comment>
        <translation>%1 trouvées</translation>
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
    <name>escale::gui::LogText</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Error output: %1</source>
        <translation>Sortie d’erreur&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::LogView</name>
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
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>No line matches</source>
        <translation>Aucune ligne ne correspond</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Cleared. What is written from now on appears here.</source>
        <translation>Effacé. Ce qui sera écrit désormais apparaîtra ici.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>lines shown of all</comment>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>the last %1</source>
        <translation>les dernières&#xa0;: %1</translation>
    </message>
    <message>
        <source>Older lines are not kept here. “Save the whole log” writes all of them.</source>
        <translation>Les lignes plus anciennes ne sont pas gardées ici. «&#xa0;Enregistrer tout le journal&#xa0;» les écrit toutes.</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Suivre</translation>
    </message>
    <message numerus="yes">
        <source>Follow · %Ln new line(s)</source>
        <translation>
            <numerusform>Suivre · %Ln nouvelle ligne</numerusform>
            <numerusform>Suivre · %Ln nouvelles lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the whole log</source>
        <translation>Enregistrer tout le journal</translation>
    </message>
    <message>
        <source>Save what is shown</source>
        <translation>Enregistrer ce qui est affiché</translation>
    </message>
    <message>
        <source>Text (*.log *.txt)</source>
        <translation>Texte (*.log *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Enregistrer le journal</translation>
    </message>
    <message>
        <source>Saving… %1 lines</source>
        <translation>Enregistrement… %1 lignes</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Enregistré sous %1</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Chercher…</translation>
    </message>
    <message>
        <source>Next Match</source>
        <translation>Occurrence suivante</translation>
    </message>
    <message>
        <source>Previous Match</source>
        <translation>Occurrence précédente</translation>
    </message>
    <message>
        <source>Copy with Time Stamps</source>
        <translation>Copier avec l’heure</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Tout sélectionner</translation>
    </message>
    <message>
        <source>Save the Whole Log…</source>
        <translation>Enregistrer tout le journal…</translation>
    </message>
    <message>
        <source>Save What Is Shown…</source>
        <translation>Enregistrer ce qui est affiché…</translation>
    </message>
    <message>
        <source>With Time Stamps</source>
        <translation>Avec l’heure</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>Usual Size</source>
        <translation>Taille habituelle</translation>
    </message>
    <message>
        <source>No Time Stamps</source>
        <translation>Sans l’heure</translation>
    </message>
    <message>
        <source>Local Time</source>
        <translation>Heure locale</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>Flux</translation>
    </message>
    <message>
        <source>All output</source>
        <translation>Toute la sortie</translation>
    </message>
    <message>
        <source>Standard output</source>
        <translation>Sortie standard</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>To the end, and along with it (End)</source>
        <translation>Aller à la fin et la suivre (Fin)</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Taille du texte</translation>
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
    <message>
        <source>Networks</source>
        <translation>Réseaux</translation>
    </message>
    <message>
        <source>Ctrl+4</source>
        <translation>Ctrl+4</translation>
    </message>
    <message>
        <source>&amp;Networks</source>
        <translation>Rés&amp;eaux</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message>
        <source>Ctrl+5</source>
        <translation>Ctrl+5</translation>
    </message>
    <message>
        <source>V&amp;olumes</source>
        <translation>V&amp;olumes</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Construction</translation>
    </message>
    <message>
        <source>Ctrl+6</source>
        <translation>Ctrl+6</translation>
    </message>
    <message>
        <source>&amp;Build</source>
        <translation>&amp;Construire</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>Ctrl+7</source>
        <translation>Ctrl+7</translation>
    </message>
    <message>
        <source>S&amp;tacks</source>
        <translation>S&amp;tacks</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Apprendre</translation>
    </message>
    <message>
        <source>Ctrl+8</source>
        <translation>Ctrl+8</translation>
    </message>
</context>
<context>
    <name>escale::gui::MakingPage</name>
    <message>
        <source>The same by hand</source>
        <translation>La même chose à la main</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the script</source>
        <translation>Copier le script</translation>
    </message>
    <message>
        <source>Export as a shell script…</source>
        <translation>Exporter en script shell…</translation>
    </message>
    <message>
        <source>The command of the chosen step</source>
        <translation>La commande de l’étape choisie</translation>
    </message>
    <message>
        <source>All steps as one script for /bin/sh, which makes such a container by hand</source>
        <translation>Toutes les étapes en un script pour /bin/sh, qui fabrique un tel conteneur à la main</translation>
    </message>
    <message>
        <source>The steps cannot be shown</source>
        <translation>Les étapes ne peuvent être montrées</translation>
    </message>
    <message>
        <source>Read how it was made</source>
        <translation>Lire comment il a été fabriqué</translation>
    </message>
    <message>
        <source>%1 was never started</source>
        <translation>%1 n’a jamais été démarré</translation>
    </message>
    <message>
        <source>A container is made when it is started: each step is written down then.</source>
        <translation>Un conteneur est fabriqué quand on le démarre&#xa0;: chaque étape est alors notée.</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>Le démarrer</translation>
    </message>
    <message>
        <source>Nothing is written down of this start</source>
        <translation>Rien n’est noté de ce démarrage</translation>
    </message>
    <message>
        <source>It was started by an older version of Escale. Stop it and start it again: each step is written down then.</source>
        <translation>Il a été démarré par une version plus ancienne d’Escale. Arrêtez-le et redémarrez-le&#xa0;: chaque étape est alors notée.</translation>
    </message>
    <message>
        <source>It was started by an older version of Escale. Start it again: each step is written down then.</source>
        <translation>Il a été démarré par une version plus ancienne d’Escale. Redémarrez-le&#xa0;: chaque étape est alors notée.</translation>
    </message>
    <message>
        <source>Step %1 by hand</source>
        <translation>L’étape %1 à la main</translation>
    </message>
    <message>
        <source>A shell has no word for this step. The script says so where it belongs.</source>
        <translation>Un shell n’a pas de mot pour cette étape. Le script le dit à l’endroit voulu.</translation>
    </message>
    <message>
        <source>Choose a step to see the command that does the same.</source>
        <translation>Choisissez une étape pour voir la commande qui fait la même chose.</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>impossible d’écrire %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>Export as a shell script</source>
        <translation>Exporter en script shell</translation>
    </message>
    <message>
        <source>Shell scripts (*.sh)</source>
        <translation>Scripts shell (*.sh)</translation>
    </message>
    <message>
        <source>Export the script</source>
        <translation>Exporter le script</translation>
    </message>
</context>
<context>
    <name>escale::gui::MembersModel</name>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>Names in DNS</source>
        <translation>Noms DNS</translation>
    </message>
    <message>
        <source>Its default route leads through this interface.</source>
        <translation>Sa route par défaut passe par cette interface.</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en marche</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>Intérieur</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Extérieur</translation>
    </message>
</context>
<context>
    <name>escale::gui::NameDelegate</name>
    <message>
        <source>New name of %1</source>
        <translation>Nouveau nom de %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::NamespacesPage</name>
    <message>
        <source>What is drawn</source>
        <translation>Ce qui est dessiné</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Boîtes</translation>
    </message>
    <message>
        <source>User ids</source>
        <translation>Identifiants d’utilisateurs</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>Montages</translation>
    </message>
    <message>
        <source>Read the processes</source>
        <translation>Lire les processus</translation>
    </message>
    <message>
        <source>Read what is in the namespaces</source>
        <translation>Lire le contenu des espaces de noms</translation>
    </message>
    <message>
        <source>Read the mounts</source>
        <translation>Lire les montages</translation>
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
    <name>escale::gui::NetworkActions</name>
    <message>
        <source>&amp;New network…</source>
        <translation>&amp;Nouveau réseau…</translation>
    </message>
    <message>
        <source>&amp;Connect a container…</source>
        <translation>&amp;Connecter un conteneur…</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Connecter…</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Déconnecter</translation>
    </message>
    <message>
        <source>Move to a &amp;free subnet…</source>
        <translation>Déplacer vers un sous-réseau &amp;libre…</translation>
    </message>
    <message>
        <source>&amp;Copy ID</source>
        <translation>&amp;Copier l’identifiant</translation>
    </message>
    <message>
        <source>&amp;Topology</source>
        <translation>&amp;Topologie</translation>
    </message>
    <message>
        <source>Remove &amp;unused networks…</source>
        <translation>Supprimer les réseaux in&amp;utilisés…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>Suppri&amp;mer…</translation>
    </message>
    <message>
        <source>The network %1 was made. Its interface comes with its first container.</source>
        <translation>Le réseau %1 a été créé. Son interface vient avec son premier conteneur.</translation>
    </message>
    <message>
        <source>%1 is in the network %2.</source>
        <translation>%1 est dans le réseau %2.</translation>
    </message>
    <message>
        <source>In the network %1 now: %2</source>
        <translation>Maintenant dans le réseau %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>Connecter à %1</translation>
    </message>
    <message>
        <source>No longer in the network %1: %2</source>
        <translation>Plus dans le réseau %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Disconnect from %1</source>
        <translation>Déconnecter de %1</translation>
    </message>
    <message>
        <source>Take %1 off the network %2? Connections that go through it end.</source>
        <translation>Retirer %1 du réseau %2&#xa0;? Les connexions qui y passent s’arrêtent.</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Déconnecter</translation>
    </message>
    <message>
        <source>Move %1 to a free subnet?</source>
        <translation>Déplacer %1 vers un sous-réseau libre&#xa0;?</translation>
    </message>
    <message>
        <source>Move %1 to a free subnet? Containers that run get new addresses at once, and lose the connections that they have: %2.</source>
        <translation>Déplacer %1 vers un sous-réseau libre&#xa0;? Les conteneurs qui tournent reçoivent aussitôt de nouvelles adresses, et perdent leurs connexions&#xa0;: %2.</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>Déplacer %1</translation>
    </message>
    <message>
        <source>%1 is on %2 now.</source>
        <translation>%1 est maintenant sur %2.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n network(s) that no container is in: %1?</source>
        <translation>
            <numerusform>Supprimer %n réseau où n’est aucun conteneur&#xa0;: %1&#xa0;?</numerusform>
            <numerusform>Supprimer %n réseaux où n’est aucun conteneur&#xa0;: %1&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove unused networks</source>
        <translation>Supprimer les réseaux inutilisés</translation>
    </message>
    <message>
        <source>Nothing was removed: every network is in use by now.</source>
        <translation>Rien n’a été supprimé&#xa0;: tous les réseaux sont désormais utilisés.</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>Supprimés&#xa0;: %1</translation>
    </message>
    <message>
        <source>Remove the network %1?</source>
        <translation>Supprimer le réseau %1&#xa0;?</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Take %1 off it</source>
        <translation>En retirer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::NetworkTabs</name>
    <message>
        <source>Commands that make the same</source>
        <translation>Commandes qui font la même chose</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Règles</translation>
    </message>
    <message>
        <source>What it is made of</source>
        <translation>De quoi il est fait</translation>
    </message>
    <message>
        <source>Containers in the network</source>
        <translation>Conteneurs du réseau</translation>
    </message>
    <message>
        <source>No network selected</source>
        <translation>Aucun réseau sélectionné</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>Nobody is in it</source>
        <translation>Il n’y a personne</translation>
    </message>
    <message>
        <source>Drag a container onto the network, or choose one here. New containers get their network in the Run dialog.</source>
        <translation>Glissez un conteneur sur le réseau, ou choisissez-en un ici. Les nouveaux conteneurs reçoivent leur réseau dans le dialogue de lancement.</translation>
    </message>
    <message>
        <source>Connect a container…</source>
        <translation>Connecter un conteneur…</translation>
    </message>
    <message>
        <source>Containers (%1)</source>
        <translation>Conteneurs (%1)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Pilote</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
    <message>
        <source>none yet: it comes with the first container</source>
        <translation>aucune encore&#xa0;: elle vient avec le premier conteneur</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>Parente</translation>
    </message>
    <message>
        <source>IPv6 subnet</source>
        <translation>Sous-réseau IPv6</translation>
    </message>
    <message>
        <source>Subnet</source>
        <translation>Sous-réseau</translation>
    </message>
    <message>
        <source>IPv6 range</source>
        <translation>Plage IPv6</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Plage</translation>
    </message>
    <message>
        <source>IPv6 gateway</source>
        <translation>Passerelle IPv6</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Interne</translation>
    </message>
    <message>
        <source>Reach each other</source>
        <translation>Se joignent entre eux</translation>
    </message>
    <message>
        <source>Masquerade</source>
        <translation>Mascarade</translation>
    </message>
    <message>
        <source>MTU</source>
        <translation>MTU</translation>
    </message>
    <message>
        <source>this machine&apos;s</source>
        <translation>celle de cet ordinateur</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
    <message>
        <source>no names: containers here are reached by their addresses</source>
        <translation>pas de noms&#xa0;: on joint ici les conteneurs par leur adresse</translation>
    </message>
    <message>
        <source>names and aliases of its containers, at the gateway</source>
        <translation>noms et alias de ses conteneurs, à la passerelle</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Étiquettes</translation>
    </message>
</context>
<context>
    <name>escale::gui::NetworksModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Pilote</translation>
    </message>
    <message>
        <source>Subnet</source>
        <translation>Sous-réseau</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Propriétés</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
</context>
<context>
    <name>escale::gui::NetworksPane</name>
    <message>
        <source>Reading the networks…</source>
        <translation>Lecture des réseaux…</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Réseaux</translation>
    </message>
    <message>
        <source>CONTAINERS</source>
        <translation>CONTENEURS</translation>
    </message>
    <message>
        <source>Drag one onto a network; drag a member here to take it off.</source>
        <translation>Glissez-en un sur un réseau&#xa0;; glissez un membre ici pour l’en retirer.</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Connecter…</translation>
    </message>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>%n réseau</numerusform>
            <numerusform>%n réseaux</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter networks</source>
        <translation>Filtrer les réseaux</translation>
    </message>
    <message>
        <source>Read the list of networks</source>
        <translation>Lire la liste des réseaux</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>escale::gui::NewFolderDialog</name>
    <message>
        <source>New folder</source>
        <translation>Nouveau dossier</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>It is made in %1, and belongs to root there.</source>
        <translation>Il est créé dans %1, où il appartient à root.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Write a name.</source>
        <translation>Écrivez un nom.</translation>
    </message>
    <message>
        <source>Write one without a slash.</source>
        <translation>Écrivez-en un sans barre oblique.</translation>
    </message>
    <message>
        <source>Make the folder %1</source>
        <translation>Créer le dossier %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::Notifications</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>escale::gui::OptionField</name>
    <message>
        <source>“%1” stands here twice.</source>
        <translation>«&#xa0;%1&#xa0;» est écrit deux fois.</translation>
    </message>
</context>
<context>
    <name>escale::gui::PermissionsDialog</name>
    <message>
        <source>Permissions of “%1”</source>
        <translation>Droits d’accès de «&#xa0;%1&#xa0;»</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Peut</translation>
    </message>
    <message>
        <source>As a &amp;number</source>
        <translation>En &amp;nombre</translation>
    </message>
    <message>
        <source>&amp;User id</source>
        <translation>Id. &amp;utilisateur</translation>
    </message>
    <message>
        <source>&amp;Group id</source>
        <translation>Id. de &amp;groupe</translation>
    </message>
    <message>
        <source>Ids as containers see them: 0 is root inside, and nobody on this machine.</source>
        <translation>Identifiants tels que les conteneurs les voient&#xa0;: 0 est root à l’intérieur, et personne sur cette machine.</translation>
    </message>
    <message>
        <source>Also of &amp;all that is in it</source>
        <translation>Aussi de &amp;tout son contenu</translation>
    </message>
    <message>
        <source>Folders can be entered wherever they can be read.</source>
        <translation>On peut entrer dans les dossiers partout où on peut les lire.</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lire</translation>
    </message>
    <message>
        <source>write</source>
        <translation>écrire</translation>
    </message>
    <message>
        <source>enter</source>
        <translation>entrer</translation>
    </message>
    <message>
        <source>execute</source>
        <translation>exécuter</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propriétaire</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groupe</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Autres</translation>
    </message>
    <message>
        <source>set user id</source>
        <translation>set user id</translation>
    </message>
    <message>
        <source>set group id</source>
        <translation>set group id</translation>
    </message>
    <message>
        <source>sticky</source>
        <translation>sticky</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>Rien n’est encore changé.</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>Modifier %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::PortsDelegate</name>
    <message>
        <source>Click to open %1</source>
        <translation>Cliquez pour ouvrir %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::PressPanel</name>
    <message>
        <source>What one sees</source>
        <translation>Ce qu’on voit</translation>
    </message>
    <message>
        <source>Press against the limit</source>
        <translation>Pousser contre la limite</translation>
    </message>
    <message>
        <source>Press here:</source>
        <translation>Poussez ici&#xa0;:</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>Press: %1</source>
        <translation>Pousser&#xa0;: %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Ends what presses; it ends by itself after half a minute</source>
        <translation>Arrête ce qui pousse&#xa0;; cela finit tout seul au bout d’une demi-minute</translation>
    </message>
    <message>
        <source>Run a demo container with limits</source>
        <translation>Lancer un conteneur limité</translation>
    </message>
    <message>
        <source>64 MiB of memory, half a processor, 64 processes; made of the image that comes with Escale</source>
        <translation>64 Mio de mémoire, un demi-processeur, 64 processus&#xa0;; fait de l’image fournie avec Escale</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Employé</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retenu</translation>
    </message>
    <message>
        <source>Of processes</source>
        <translation>Des processus</translation>
    </message>
    <message>
        <source>Page cache</source>
        <translation>Page cache</translation>
    </message>
    <message>
        <source>Kernel and other</source>
        <translation>Noyau et divers</translation>
    </message>
    <message>
        <source>Processes and threads</source>
        <translation>Processus et fils</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Écrit</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>limite %1</translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation>Changer la limite</translation>
    </message>
    <message>
        <source>The container does not run.</source>
        <translation>Le conteneur ne tourne pas.</translation>
    </message>
    <message>
        <source>Is there a program to press with?</source>
        <translation>Y a-t-il un programme pour pousser&#xa0;?</translation>
    </message>
    <message>
        <source>This container has no program to press with: images made of escale/demo have one (/bin/burn).</source>
        <translation>Ce conteneur n’a pas de programme pour pousser&#xa0;: les images faites de escale/demo en ont un (/bin/burn).</translation>
    </message>
    <message>
        <source>The limits are being read.</source>
        <translation>Lecture des limites.</translation>
    </message>
    <message>
        <source>Without a limit of memory the whole machine would run short. Set one first, below.</source>
        <translation>Sans limite de mémoire, c’est toute la machine qui en manquerait. Fixez-en une d’abord, ci-dessous.</translation>
    </message>
    <message>
        <source>Set a limit of at most %1 processes first, below: no more are started here.</source>
        <translation>Fixez d’abord une limite d’au plus %1 processus, ci-dessous&#xa0;: on n’en lance pas plus ici.</translation>
    </message>
    <message>
        <source>The demo image is loaded, and a container is started…</source>
        <translation>L’image de démonstration est chargée, et un conteneur démarré…</translation>
    </message>
    <message>
        <source>Two loops run that do nothing, as fast as they can.</source>
        <translation>Deux boucles tournent sans rien faire, aussi vite que possible.</translation>
    </message>
    <message>
        <source>A program fills the page cache, then takes 4 MiB of memory more again and again.</source>
        <translation>Un programme remplit le page cache, puis prend 4 Mio de mémoire de plus, encore et encore.</translation>
    </message>
    <message>
        <source>A program starts processes until it may not any more.</source>
        <translation>Un programme lance des processus jusqu’à ce qu’il n’en ait plus le droit.</translation>
    </message>
    <message>
        <source>A program writes to the disk, past the page cache.</source>
        <translation>Un programme écrit sur le disque, sans passer par le page cache.</translation>
    </message>
</context>
<context>
    <name>escale::gui::ProcessesModel</name>
    <message>
        <source>running</source>
        <translation>en marche</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>en sommeil</translation>
    </message>
    <message>
        <source>waits for a device</source>
        <translation>attend un périphérique</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>stopped by a debugger</source>
        <translation>arrêté par un débogueur</translation>
    </message>
    <message>
        <source>ended, not collected</source>
        <translation>terminé, pas recueilli</translation>
    </message>
    <message>
        <source>ending</source>
        <translation>se termine</translation>
    </message>
    <message>
        <source>The process&apos;s number in the container</source>
        <translation>Le numéro du processus dans le conteneur</translation>
    </message>
    <message>
        <source>The process&apos;s number on this machine</source>
        <translation>Le numéro du processus sur cette machine</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>PID here</source>
        <translation>PID ici</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
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
        <source>Started</source>
        <translation>Démarré</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>It has ended; its parent has not asked how. An init process in the container (--init) collects such processes.</source>
        <translation>Il s’est terminé&#xa0;; son parent n’a pas demandé comment. Un processus init dans le conteneur (--init) recueille de tels processus.</translation>
    </message>
    <message>
        <source>Child of %1: %2</source>
        <translation>Enfant de %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Terminal&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::ProcessesTab</name>
    <message>
        <source>please end</source>
        <translation>prière de se terminer</translation>
    </message>
    <message>
        <source>as Ctrl+C</source>
        <translation>comme Ctrl+C</translation>
    </message>
    <message>
        <source>many servers read their configuration again</source>
        <translation>beaucoup de serveurs relisent leur configuration</translation>
    </message>
    <message>
        <source>end with a memory dump</source>
        <translation>se terminer avec une image de la mémoire</translation>
    </message>
    <message>
        <source>the program&apos;s own meaning</source>
        <translation>le sens que lui donne le programme</translation>
    </message>
    <message>
        <source>go on</source>
        <translation>continuer</translation>
    </message>
    <message>
        <source>end at once, without saving anything</source>
        <translation>se terminer aussitôt, sans rien enregistrer</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>&amp;Copy the PID in the container</source>
        <translation>&amp;Copier le PID dans le conteneur</translation>
    </message>
    <message>
        <source>Copy the PID on this &amp;machine</source>
        <translation>Copier le PID sur cette &amp;machine</translation>
    </message>
    <message>
        <source>Copy the c&amp;ommand</source>
        <translation>Copier la c&amp;ommande</translation>
    </message>
    <message>
        <source>&amp;Send a signal</source>
        <translation>&amp;Envoyer un signal</translation>
    </message>
    <message>
        <source>Send a signal (to the first process only)</source>
        <translation>Envoyer un signal (au premier processus seulement)</translation>
    </message>
    <message>
        <source>The container does not run</source>
        <translation>Le conteneur n’est pas en marche</translation>
    </message>
    <message>
        <source>Start it with the button above, then its processes are listed here.</source>
        <translation>Démarrez-le avec le bouton ci-dessus, ses processus seront alors listés ici.</translation>
    </message>
    <message>
        <source>Reading the processes…</source>
        <translation>Lecture des processus…</translation>
    </message>
    <message>
        <source>List the processes</source>
        <translation>Lister les processus</translation>
    </message>
    <message>
        <source>Send %1</source>
        <translation>Envoyer %1</translation>
    </message>
    <message>
        <source>SIGKILL ends “%1” at once: what it has not saved is lost.</source>
        <translation>SIGKILL met fin à «&#xa0;%1&#xa0;» aussitôt&#xa0;: ce qu’il n’a pas enregistré est perdu.</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Tuer</translation>
    </message>
</context>
<context>
    <name>escale::gui::ProfilesBar</name>
    <message>
        <source>Profiles</source>
        <translation>Profils</translation>
    </message>
    <message>
        <source>Profiles:</source>
        <translation>Profils :</translation>
    </message>
    <message>
        <source>With the services of profile %1</source>
        <translation>Avec les services du profil %1</translation>
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
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>encore %n s</numerusform>
            <numerusform>encore %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>encore %n min</numerusform>
            <numerusform>encore %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>encore %n h</numerusform>
            <numerusform>encore %n h</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PruneCacheDialog</name>
    <message>
        <source>Shrink the build cache</source>
        <translation>Réduire le cache de construction</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Builds do these steps again when they need them. Images stay, and what a build that runs needs.</source>
        <translation>Les constructions refont ces étapes quand elles en ont besoin. Les images restent, comme ce qu’utilise une construction en cours.</translation>
    </message>
    <message>
        <source>of any age</source>
        <translation>de tout âge</translation>
    </message>
    <message>
        <source>unused for a day</source>
        <translation>inutilisé depuis un jour</translation>
    </message>
    <message>
        <source>unused for a week</source>
        <translation>inutilisé depuis une semaine</translation>
    </message>
    <message>
        <source>unused for 30 days</source>
        <translation>inutilisé depuis 30 jours</translation>
    </message>
    <message>
        <source>unused for 90 days</source>
        <translation>inutilisé depuis 90 jours</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sans limite</translation>
    </message>
    <message>
        <source>&amp;Age</source>
        <translation>Â&amp;ge</translation>
    </message>
    <message>
        <source>&amp;Keep at most</source>
        <translation>&amp;Garder au plus</translation>
    </message>
    <message>
        <source>layers of steps</source>
        <translation>couches d’étapes</translation>
    </message>
    <message>
        <source>files of folders</source>
        <translation>fichiers de dossiers</translation>
    </message>
    <message>
        <source>caches of RUN</source>
        <translation>caches de RUN</translation>
    </message>
    <message>
        <source>&amp;Which</source>
        <translation>&amp;Lesquelles</translation>
    </message>
    <message>
        <source>Choose what is to go.</source>
        <translation>Choisissez ce qui doit partir.</translation>
    </message>
    <message>
        <source>Nothing goes.</source>
        <translation>Rien ne part.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) go, %1 become free.</source>
        <translation>
            <numerusform>%n entrée part, %1 libérés.</numerusform>
            <numerusform>%n entrées partent, %1 libérés.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PruneDialog</name>
    <message>
        <source>Remove unused images</source>
        <translation>Supprimer les images inutilisées</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Images that none of your containers uses. They can be pulled again, if their registry still has them.</source>
        <translation>Les images qu’aucun de vos conteneurs n’utilise. Elles peuvent être téléchargées à nouveau si leur registre les a encore.</translation>
    </message>
    <message>
        <source>Images without a tag</source>
        <translation>Images sans étiquette</translation>
    </message>
    <message>
        <source>All images that no container uses</source>
        <translation>Toutes les images qu’aucun conteneur n’utilise</translation>
    </message>
    <message>
        <source>of any age</source>
        <translation>de tout âge</translation>
    </message>
    <message>
        <source>made more than a day ago</source>
        <translation>créées il y a plus d’un jour</translation>
    </message>
    <message>
        <source>made more than a week ago</source>
        <translation>créées il y a plus d’une semaine</translation>
    </message>
    <message>
        <source>made more than 30 days ago</source>
        <translation>créées il y a plus de 30 jours</translation>
    </message>
    <message>
        <source>made more than 90 days ago</source>
        <translation>créées il y a plus de 90 jours</translation>
    </message>
    <message>
        <source>made more than a year ago</source>
        <translation>créées il y a plus d’un an</translation>
    </message>
    <message>
        <source>&amp;Which</source>
        <translation>&amp;Lesquelles</translation>
    </message>
    <message>
        <source>&amp;Age</source>
        <translation>Â&amp;ge</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>É&amp;tiquette (label)</translation>
    </message>
    <message>
        <source>any; or name, or name=value</source>
        <translation>toutes ; ou nom, ou nom=valeur</translation>
    </message>
    <message>
        <source>What is removed</source>
        <translation>Ce qui est supprimé</translation>
    </message>
    <message>
        <source>Read the list of containers</source>
        <translation>Lire la liste des conteneurs</translation>
    </message>
    <message>
        <source>Reading what is used…</source>
        <translation>Lecture de ce qui est utilisé…</translation>
    </message>
    <message>
        <source>Reading the labels…</source>
        <translation>Lecture des labels…</translation>
    </message>
    <message>
        <source>There is nothing to remove.</source>
        <translation>Il n’y a rien à supprimer.</translation>
    </message>
    <message>
        <source>No image fits</source>
        <translation>Aucune image ne correspond</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Every image is used, or is none of these.</source>
        <translation>Chaque image est utilisée, ou n’est pas de celles-ci.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s), up to %1 on the disk</source>
        <translation>
            <numerusform>%n image, jusqu’à %1 sur le disque</numerusform>
            <numerusform>%n images, jusqu’à %1 sur le disque</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n image(s)</source>
        <translation>
            <numerusform>Supprimer %n image</numerusform>
            <numerusform>Supprimer %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PruneVolumesDialog</name>
    <message>
        <source>Remove unused volumes</source>
        <translation>Supprimer les volumes inutilisés</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Volumes that no container has, not even a stopped one. Their files are gone for good: what you may need, back up before.</source>
        <translation>Les volumes qu’aucun conteneur n’a, même arrêté. Leurs fichiers sont perdus pour de bon&#xa0;: sauvegardez avant ce qui peut servir.</translation>
    </message>
    <message>
        <source>Those without a name: they were made for a container that is gone</source>
        <translation>Ceux sans nom&#xa0;: créés pour un conteneur qui n’est plus là</translation>
    </message>
    <message>
        <source>All that no container has</source>
        <translation>Tous ceux qu’aucun conteneur n’a</translation>
    </message>
    <message>
        <source>&amp;Which</source>
        <translation>&amp;Lesquelles</translation>
    </message>
    <message>
        <source>What is removed</source>
        <translation>Ce qui est supprimé</translation>
    </message>
    <message>
        <source>There is nothing to remove.</source>
        <translation>Il n’y a rien à supprimer.</translation>
    </message>
    <message>
        <source>No volume fits</source>
        <translation>Aucun volume ne convient</translation>
    </message>
    <message>
        <source>Every volume has a container, or is none of these.</source>
        <translation>Chaque volume a un conteneur, ou n’est pas de ceux-là.</translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s), %1</source>
        <translation>
            <numerusform>%n volume, %1</numerusform>
            <numerusform>%n volumes, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> and what is in %n that is not counted yet</source>
        <translation>
            <numerusform> et le contenu de %n qui n’est pas encore compté</numerusform>
            <numerusform> et le contenu de %n qui ne sont pas encore comptés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n volume(s)</source>
        <translation>
            <numerusform>Supprimer %n volume</numerusform>
            <numerusform>Supprimer %n volumes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PublishedPort</name>
    <message>
        <source>Port %1/%2 of the container is port %3 here.</source>
        <translation>Le port %1/%2 du conteneur est ici le port %3.</translation>
    </message>
    <message>
        <source>Every computer that reaches this one can use it.</source>
        <translation>Tout ordinateur qui atteint celui-ci peut s’en servir.</translation>
    </message>
    <message>
        <source>Only programs on this machine can reach it.</source>
        <translation>Seuls les programmes de cette machine l’atteignent.</translation>
    </message>
    <message>
        <source>Computers that reach the address %1 can use it.</source>
        <translation>Les ordinateurs qui atteignent l’adresse %1 peuvent s’en servir.</translation>
    </message>
</context>
<context>
    <name>escale::gui::PullCost</name>
    <message>
        <source>Nothing to download</source>
        <translation>Rien à télécharger</translation>
    </message>
    <message>
        <source>%1 to download</source>
        <translation>%1 à télécharger</translation>
    </message>
    <message numerus="yes">
        <source>all %n layer(s) are here</source>
        <translation>
            <numerusform>la seule couche est ici</numerusform>
            <numerusform>les %n couches sont ici</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s), none of them here</source>
        <translation>
            <numerusform>%n couche, qui n’est pas ici</numerusform>
            <numerusform>%n couches, dont aucune n’est ici</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %1: %2 of %n layer(s) are here</source>
        <translation>
            <numerusform>sur %1 : %2 couche sur %n est ici</numerusform>
            <numerusform>sur %1 : %2 couches sur %n sont ici</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PushDialog</name>
    <message>
        <source>Push the image</source>
        <translation>Envoyer l’image</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>A&amp;ccount…</source>
        <translation>&amp;Compte…</translation>
    </message>
    <message>
        <source>Sends %1 to a registry. Layers that the registry has are not sent again.</source>
        <translation>Envoie %1 à un registre. Les couches que le registre a déjà ne sont pas renvoyées.</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Vers</translation>
    </message>
    <message>
        <source>for example registry.example.org/team/web:1.2</source>
        <translation>par exemple registry.example.org/equipe/web:1.2</translation>
    </message>
    <message>
        <source>As</source>
        <translation>En tant que</translation>
    </message>
    <message>
        <source>gzip: every registry and engine takes it</source>
        <translation>gzip : accepté de tout registre et moteur</translation>
    </message>
    <message>
        <source>zstd: smaller and faster, for engines since 2021</source>
        <translation>zstd : plus petit et plus rapide, pour les moteurs depuis 2021</translation>
    </message>
    <message>
        <source>Co&amp;mpression</source>
        <translation>Co&amp;mpression</translation>
    </message>
    <message>
        <source>In full: %1</source>
        <translation>En entier : %1</translation>
    </message>
    <message>
        <source>looking for an account at %1…</source>
        <translation>recherche d’un compte chez %1…</translation>
    </message>
    <message>
        <source>nobody: no account at %1 is known</source>
        <translation>personne : aucun compte connu chez %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>account, registry</comment>
        <translation>%1 chez %2</translation>
    </message>
    <message>
        <source>%1 at %2, of Docker&apos;s configuration</source>
        <comment>account, registry</comment>
        <translation>%1 chez %2, de la configuration de Docker</translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>Envoyer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::Recreate</name>
    <message>
        <source>“%1” is removed when it stops, so it could not be kept until the new one is up</source>
        <translation>«&#xa0;%1&#xa0;» est supprimé à son arrêt&#xa0;: il ne pourrait pas être gardé jusqu’à ce que le nouveau tourne</translation>
    </message>
    <message>
        <source>Run a new container with the changes, then stop this one.</source>
        <translation>Lancez un nouveau conteneur avec les modifications, puis arrêtez celui-ci.</translation>
    </message>
    <message>
        <source>the new container did not stay up: it ended with exit code %1</source>
        <translation>le nouveau conteneur n’est pas resté debout&#xa0;: il s’est terminé avec le code %1</translation>
    </message>
    <message>
        <source>the new container&apos;s health check failed</source>
        <translation>le contrôle de santé du nouveau conteneur a échoué</translation>
    </message>
    <message numerus="yes">
        <source>the new container did not become healthy within %n second(s)</source>
        <translation>
            <numerusform>le nouveau conteneur n’est pas devenu sain en %n seconde</numerusform>
            <numerusform>le nouveau conteneur n’est pas devenu sain en %n secondes</numerusform>
        </translation>
    </message>
    <message>
        <source>it was cancelled</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>%1. Going back failed, too: %2. The old container is there as “%3”</source>
        <translation>%1. Le retour en arrière a échoué aussi&#xa0;: %2. L’ancien conteneur est là sous le nom «&#xa0;%3&#xa0;»</translation>
    </message>
    <message>
        <source>Look at both in the list; rename and start the old one by hand.</source>
        <translation>Regardez les deux dans la liste&#xa0;; renommez et démarrez l’ancien à la main.</translation>
    </message>
    <message>
        <source>%1. The old container is back in its place</source>
        <translation>%1. L’ancien conteneur est de nouveau à sa place</translation>
    </message>
    <message>
        <source>the new container is there, but the old one is, too, as “%1”: %2</source>
        <translation>le nouveau conteneur est là, mais l’ancien aussi, sous le nom «&#xa0;%1&#xa0;»&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::RegistryChoices</name>
    <message>
        <source>%1 holds no certificate in the PEM format.</source>
        <translation>%1 ne contient aucun certificat au format PEM.</translation>
    </message>
</context>
<context>
    <name>escale::gui::RegistryDialog</name>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>&amp;Do without HTTPS, or with a certificate nobody vouches for</source>
        <translation>&amp;Se passer de HTTPS, ou accepter un certificat dont personne ne répond</translation>
    </message>
    <message>
        <source>Log &amp;out</source>
        <translation>Se &amp;déconnecter</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Tester</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Log in</source>
        <translation>Se &amp;connecter</translation>
    </message>
    <message>
        <source>Log in to %1</source>
        <translation>Se connecter à %1</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nom d’&amp;utilisateur</translation>
    </message>
    <message>
        <source>&amp;Password or token</source>
        <translation>&amp;Mot de passe ou jeton</translation>
    </message>
    <message>
        <source>CONNECTION</source>
        <translation>CONNEXION</translation>
    </message>
    <message>
        <source>&amp;Authority</source>
        <translation>&amp;Autorité</translation>
    </message>
    <message>
        <source>certificate of its own (PEM file)</source>
        <translation>son propre certificat (fichier PEM)</translation>
    </message>
    <message>
        <source>Choose the certificate&apos;s file</source>
        <translation>Choisir le fichier du certificat</translation>
    </message>
    <message>
        <source>&amp;Mirrors</source>
        <translation>M&amp;iroirs</translation>
    </message>
    <message>
        <source>asked first for pulls, such as mirror.example:5000</source>
        <translation>interrogés d’abord, par exemple mirror.example:5000</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Nobody is logged in. A password is kept in the desktop&apos;s keyring, and goes to the registry and to the engine for one pull at a time.</source>
        <translation>Personne n’est connecté. Un mot de passe est gardé dans le trousseau du bureau, et n’est remis au registre et au moteur que pour un téléchargement à la fois.</translation>
    </message>
    <message>
        <source>Logged in as %1.</source>
        <translation>Connecté en tant que %1.</translation>
    </message>
    <message>
        <source>The account %1 of ~/.docker/config.json is used.</source>
        <translation>Le compte %1 de ~/.docker/config.json est utilisé.</translation>
    </message>
    <message>
        <source>The account %1 is used, which %2 keeps for Docker.</source>
        <translation>Le compte %1, que %2 garde pour Docker, est utilisé.</translation>
    </message>
    <message>
        <source>The authority&apos;s certificate</source>
        <translation>Le certificat de l’autorité</translation>
    </message>
    <message>
        <source>Certificates (*.crt *.pem *.cer);;All files (*)</source>
        <translation>Certificats (*.crt *.pem *.cer);;Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>The desktop&apos;s keyring cannot be used: the account is kept until Escale is closed.</source>
        <translation>Le trousseau du bureau ne peut pas servir : le compte est gardé jusqu’à la fermeture d’Escale.</translation>
    </message>
    <message>
        <source>With GNOME Keyring or KWallet, unlocked, it is there the next time.</source>
        <translation>Avec GNOME Keyring ou KWallet, déverrouillé, il sera là la prochaine fois.</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>A&amp;rrêter</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>%1 answers by HTTPS, and its certificate is trusted.</source>
        <translation>%1 répond en HTTPS, et son certificat est digne de confiance.</translation>
    </message>
    <message>
        <source>%1 answers by HTTPS; its certificate was not checked.</source>
        <translation>%1 répond en HTTPS ; son certificat n’a pas été vérifié.</translation>
    </message>
    <message>
        <source>So you chose: whoever is on the way could take its place.</source>
        <translation>C’est votre choix : quiconque se trouve sur le chemin pourrait prendre sa place.</translation>
    </message>
    <message>
        <source>%1 answers by plain HTTP, which stays on this machine.</source>
        <translation>%1 répond en HTTP simple, qui ne quitte pas cette machine.</translation>
    </message>
    <message>
        <source>%1 answers by plain HTTP.</source>
        <translation>%1 répond en HTTP simple.</translation>
    </message>
    <message>
        <source>Whoever is on the way can read and change what is sent, passwords too.</source>
        <translation>Quiconque se trouve sur le chemin peut lire et modifier ce qui est envoyé, mots de passe compris.</translation>
    </message>
    <message>
        <source>It asks for no account.</source>
        <translation>Il ne demande pas de compte.</translation>
    </message>
    <message>
        <source>The password was not sent, so nobody knows whether it is right.</source>
        <translation>Le mot de passe n’a pas été envoyé : personne ne sait s’il est bon.</translation>
    </message>
    <message>
        <source>It asks who you are.</source>
        <translation>Il demande qui vous êtes.</translation>
    </message>
    <message>
        <source>Give a user name and a password or token.</source>
        <translation>Donnez un nom d’utilisateur et un mot de passe ou un jeton.</translation>
    </message>
    <message>
        <source>It does not accept this user name and password.</source>
        <translation>Il n’accepte pas ce nom d’utilisateur et ce mot de passe.</translation>
    </message>
    <message>
        <source>Registries with two-factor log-in want an access token in place of the password.</source>
        <translation>Les registres à double authentification veulent un jeton d’accès à la place du mot de passe.</translation>
    </message>
    <message>
        <source>It accepts the account.</source>
        <translation>Il accepte le compte.</translation>
    </message>
    <message>
        <source>It gave a token, which is kept in place of the password.</source>
        <translation>Il a donné un jeton, gardé à la place du mot de passe.</translation>
    </message>
    <message>
        <source>The proxy %1 is set for it.</source>
        <translation>Le mandataire %1 est réglé pour lui.</translation>
    </message>
    <message>
        <source>Hosts that no_proxy names are reached without it.</source>
        <translation>Les hôtes nommés par no_proxy sont joints sans lui.</translation>
    </message>
    <message>
        <source>It is a registry.</source>
        <translation>C’est bien un registre.</translation>
    </message>
    <message>
        <source>It shows the list of its repositories.</source>
        <translation>Il montre la liste de ses dépôts.</translation>
    </message>
    <message>
        <source>It shows no list of its repositories.</source>
        <translation>Il ne montre pas la liste de ses dépôts.</translation>
    </message>
    <message>
        <source>Write an image&apos;s name to see its tags and to pull it.</source>
        <translation>Écrivez le nom d’une image pour voir ses étiquettes et la télécharger.</translation>
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
        <source>Repositories</source>
        <translation>Dépôts</translation>
    </message>
    <message>
        <source>Which registry?</source>
        <translation>Quel registre&#x202f;?</translation>
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
        <source>Pull %1</source>
        <translation>Télécharger %1</translation>
    </message>
    <message>
        <source>&amp;Account…</source>
        <translation>&amp;Compte…</translation>
    </message>
    <message>
        <source>Docker&apos;s account</source>
        <translation>Le compte de Docker</translation>
    </message>
    <message>
        <source>Write a registry&apos;s address above to see what it has, “ghcr.io/owner/name” for one that shows no list, or a word to search Docker Hub for.</source>
        <translation>Écrivez ci-dessus l’adresse d’un registre pour voir ce qu’il contient, « ghcr.io/owner/name » pour un registre sans liste, ou un mot à chercher sur Docker Hub.</translation>
    </message>
    <message>
        <source>Log in and out, mirrors, certificates</source>
        <translation>Connexion et déconnexion, miroirs, certificats</translation>
    </message>
    <message>
        <source>Searching Docker Hub for “%1”…</source>
        <translation>Recherche de « %1 » sur Docker Hub…</translation>
    </message>
    <message>
        <source>Docker Hub has nothing for “%1”</source>
        <translation>Docker Hub n’a rien pour « %1 »</translation>
    </message>
    <message>
        <source>For a registry, write its address with a dot or a port.</source>
        <translation>Pour un registre, écrivez son adresse avec un point ou un port.</translation>
    </message>
    <message>
        <source>No search</source>
        <translation>Pas de recherche</translation>
    </message>
    <message>
        <source>Docker Hub</source>
        <translation>Docker Hub</translation>
    </message>
    <message>
        <source>A registry need not show one. Write the repository&apos;s name after the registry&apos;s: “%1/owner/name”.</source>
        <translation>Un registre n’est pas tenu d’en montrer une. Écrivez le nom du dépôt après celui du registre : « %1/propriétaire/nom ».</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>Se connecter…</translation>
    </message>
    <message>
        <source>Delete the tag “%1” from %2? Nobody can pull it by this name any more.</source>
        <translation>Supprimer l’étiquette « %1 » de %2 ? Plus personne ne pourra la télécharger sous ce nom.</translation>
    </message>
    <message>
        <source>Delete the tag</source>
        <translation>Supprimer l’étiquette</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Supprimer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::RepositoryPage</name>
    <message>
        <source>Docker Official Image</source>
        <translation>Image officielle de Docker</translation>
    </message>
    <message>
        <source>Verified publisher</source>
        <translation>Éditeur vérifié</translation>
    </message>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n étoile</numerusform>
            <numerusform>%n étoiles</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 pulls</source>
        <translation>%1 téléchargements</translation>
    </message>
    <message>
        <source>updated %1</source>
        <comment>3 days ago</comment>
        <translation>mise à jour %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::RestoreDialog</name>
    <message>
        <source>Restore a back-up</source>
        <translation>Restaurer une sauvegarde</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>&amp;Replace what is in it</source>
        <translation>&amp;Remplacer son contenu</translation>
    </message>
    <message>
        <source>&amp;Archive</source>
        <translation>&amp;Archive</translation>
    </message>
    <message>
        <source>Into the &amp;volume</source>
        <translation>Dans le &amp;volume</translation>
    </message>
    <message>
        <source>a .tar, .tar.zst or .tar.gz</source>
        <translation>un .tar, .tar.zst ou .tar.gz</translation>
    </message>
    <message>
        <source>Choose the archive</source>
        <translation>Choisir l’archive</translation>
    </message>
    <message>
        <source>Archives (*.tar *.tar.* *.tgz)</source>
        <translation>Archives (*.tar *.tar.* *.tgz)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>A new volume is made of it: it is there whole, or not at all.</source>
        <translation>Un nouveau volume en est fait&#xa0;: il est là entier, ou pas du tout.</translation>
    </message>
    <message>
        <source>%1 is there already; what it holds goes when the back-up is whole.</source>
        <translation>%1 existe déjà&#xa0;; son contenu part quand la sauvegarde est entière.</translation>
    </message>
    <message>
        <source>It is used by: %1.</source>
        <translation>Il est utilisé par&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Choose the archive.</source>
        <translation>Choisissez l’archive.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Ce fichier n’existe pas.</translation>
    </message>
    <message>
        <source>Name the volume.</source>
        <translation>Nommez le volume.</translation>
    </message>
    <message>
        <source>Its files are not on this machine: choose another one.</source>
        <translation>Ses fichiers ne sont pas sur cette machine&#xa0;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Stop the containers that use it first.</source>
        <translation>Arrêtez d’abord les conteneurs qui l’utilisent.</translation>
    </message>
    <message>
        <source>It is there already.</source>
        <translation>Il existe déjà.</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>Restaurer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::RowList</name>
    <message>
        <source>everyone on your network</source>
        <translation>tous sur votre réseau</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>Supprimer cette ligne</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
</context>
<context>
    <name>escale::gui::RulesView</name>
    <message>
        <source>Rules of nftables</source>
        <translation>Règles de nftables</translation>
    </message>
    <message>
        <source>No rule is about it.</source>
        <translation>Aucune règle n’en parle.</translation>
    </message>
</context>
<context>
    <name>escale::gui::RunDialog</name>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Exécuter</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
    </message>
    <message>
        <source>The command cannot be read.</source>
        <translation>La commande est illisible.</translation>
    </message>
    <message>
        <source>Create &amp;only</source>
        <translation>Créer &amp;seulement</translation>
    </message>
    <message>
        <source>Makes the container without starting it:</source>
        <translation>Crée le conteneur sans le démarrer&#xa0;:</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>Créer %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::RunForm</name>
    <message>
        <source>Name an image.</source>
        <translation>Nommez une image.</translation>
    </message>
</context>
<context>
    <name>escale::gui::ServicePanel</name>
    <message>
        <source>Scale</source>
        <translation>Redimensionner</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>No service selected</source>
        <translation>Aucun service sélectionné</translation>
    </message>
    <message>
        <source>Select one in the drawing: its containers, its log and a terminal are shown here.</source>
        <translation>Sélectionnez-en un dans le dessin : ses conteneurs, son journal et un terminal sont montrés ici.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Start this service</source>
        <translation>Démarrer ce service</translation>
    </message>
    <message>
        <source>Restart this service</source>
        <translation>Redémarrer ce service</translation>
    </message>
    <message>
        <source>Stop this service</source>
        <translation>Arrêter ce service</translation>
    </message>
    <message>
        <source>Containers of this service</source>
        <translation>Conteneurs de ce service</translation>
    </message>
    <message>
        <source>Makes or removes containers until there are so many</source>
        <translation>Crée ou supprime des conteneurs jusqu’à ce nombre</translation>
    </message>
    <message>
        <source>&amp;Containers</source>
        <translation>&amp;Conteneurs</translation>
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
    <message>
        <source>Tell the &amp;desktop when a container dies or turns unhealthy</source>
        <translation>Prévenir le &amp;bureau quand un conteneur meurt ou tombe en mauvaise santé</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>Docker command line</source>
        <translation>Ligne de commande docker</translation>
    </message>
</context>
<context>
    <name>escale::gui::Shell</name>
    <message>
        <source>The program has ended.</source>
        <translation>Le programme s’est terminé.</translation>
    </message>
    <message>
        <source>The program has ended: %1.</source>
        <translation>Le programme s’est terminé&#xa0;: %1.</translation>
    </message>
    <message>
        <source>This image has no shell: there is no /bin/sh in it.</source>
        <translation>Cette image n’a pas d’interpréteur&#xa0;: elle ne contient pas /bin/sh.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>S’attacher</translation>
    </message>
    <message>
        <source>Open a shell</source>
        <translation>Ouvrir un interpréteur</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>The container&apos;s process has ended.</source>
        <translation>Le processus du conteneur s’est terminé.</translation>
    </message>
    <message>
        <source>Enter starts it again.</source>
        <translation>Entrée le relance.</translation>
    </message>
    <message>
        <source>Detached: the process goes on. Enter attaches again.</source>
        <translation>Détaché&#xa0;: le processus continue. Entrée s’y attache de nouveau.</translation>
    </message>
    <message>
        <source>The connection to the container was lost. Enter tries again.</source>
        <translation>La connexion au conteneur est perdue. Entrée réessaie.</translation>
    </message>
    <message>
        <source>A debug terminal brings a shell and tools along, in a container beside this one, which stays as it is. Or name another program of the image under Options.</source>
        <translation>Un terminal de débogage apporte un interpréteur et des outils, dans un conteneur à côté de celui-ci, qui reste tel quel. Ou nommez un autre programme de l’image sous Options.</translation>
    </message>
    <message>
        <source>Open the debug terminal</source>
        <translation>Ouvrir le terminal de débogage</translation>
    </message>
    <message>
        <source>Open another</source>
        <translation>En ouvrir un autre</translation>
    </message>
    <message>
        <source>Debug terminal…</source>
        <translation>Terminal de débogage…</translation>
    </message>
    <message>
        <source>“%1” has stopped, and the debug terminal with it.</source>
        <translation>« %1 » s’est arrêté, et le terminal de débogage avec lui.</translation>
    </message>
    <message>
        <source>The debug terminal has ended, and its container is removed. Enter opens another one.</source>
        <translation>Le terminal de débogage est terminé et son conteneur supprimé. Entrée en ouvre un autre.</translation>
    </message>
</context>
<context>
    <name>escale::gui::SightsPage</name>
    <message>
        <source>Who looks</source>
        <translation>Qui regarde</translation>
    </message>
    <message>
        <source>Who is looked at</source>
        <translation>Qui est regardé</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>Ce qui est dessiné</translation>
    </message>
    <message>
        <source>Two processes</source>
        <translation>Deux processus</translation>
    </message>
    <message>
        <source>Rights of one</source>
        <translation>Droits d’un seul</translation>
    </message>
    <message>
        <source>System call</source>
        <translation>Appel système</translation>
    </message>
    <message>
        <source>Find a system call</source>
        <translation>Trouver un appel système</translation>
    </message>
    <message>
        <source>Read the processes</source>
        <translation>Lire les processus</translation>
    </message>
    <message>
        <source>Read the seccomp filter</source>
        <translation>Lire le filtre seccomp</translation>
    </message>
</context>
<context>
    <name>escale::gui::StackChangesTab</name>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Propriété</translation>
    </message>
    <message>
        <source>Runs with</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>Dans le fichier</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Appliquer</translation>
    </message>
    <message>
        <source>What is not applied</source>
        <translation>Ce qui n’est pas appliqué</translation>
    </message>
    <message>
        <source>Brings the stack up: what is different is made anew, the rest stays</source>
        <translation>Démarre la stack : ce qui diffère est recréé, le reste demeure</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>Service %1</translation>
    </message>
    <message>
        <source>Network %1</source>
        <translation>Réseau %1</translation>
    </message>
    <message>
        <source>Volume %1</source>
        <translation>Volume %1</translation>
    </message>
    <message>
        <source>is new</source>
        <translation>est nouveau</translation>
    </message>
    <message>
        <source>is no longer in the file</source>
        <translation>n’est plus dans le fichier</translation>
    </message>
    <message>
        <source>Applying makes or removes what is new or gone; what is there stays.</source>
        <translation>Appliquer crée ou supprime ce qui est apparu ou disparu ; ce qui est là demeure.</translation>
    </message>
    <message>
        <source>Applying makes the containers of %1 anew; the others stay as they are.</source>
        <translation>Appliquer recrée les conteneurs de %1 ; les autres restent tels quels.</translation>
    </message>
    <message>
        <source>All is applied</source>
        <translation>Tout est appliqué</translation>
    </message>
    <message>
        <source>What runs is what the file says.</source>
        <translation>Ce qui tourne est ce que dit le fichier.</translation>
    </message>
    <message>
        <source>Nothing runs yet</source>
        <translation>Rien ne tourne encore</translation>
    </message>
    <message>
        <source>Once the stack is up, what you change in the file and have not applied is listed here.</source>
        <translation>Une fois la stack démarrée, ce que vous changez dans le fichier sans l’appliquer est listé ici.</translation>
    </message>
</context>
<context>
    <name>escale::gui::StackGraphView</name>
    <message>
        <source>Services, networks and volumes of the stack</source>
        <translation>Services, réseaux et volumes de la stack</translation>
    </message>
    <message>
        <source>Arrows go from part to part, Return shows its line in the file, plus and minus zoom.</source>
        <translation>Les flèches vont d’élément en élément, Entrée montre sa ligne dans le fichier, plus et moins agrandissent ou réduisent.</translation>
    </message>
</context>
<context>
    <name>escale::gui::StackLogTab</name>
    <message>
        <source>Nothing written yet</source>
        <translation>Rien d’écrit pour l’instant</translation>
    </message>
    <message>
        <source>Read the log</source>
        <translation>Lire le journal</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>Ouvrir le journal</translation>
    </message>
    <message>
        <source>Show the lines of %1</source>
        <translation>Montrer les lignes de %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::StackPage</name>
    <message>
        <source>Bring &amp;up</source>
        <translation>Déma&amp;rrer</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>S&amp;tart what is there</source>
        <translation>Relancer ce qui est &amp;là</translation>
    </message>
    <message>
        <source>&amp;Restart</source>
        <translation>&amp;Redémarrer</translation>
    </message>
    <message>
        <source>Take &amp;down…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>Down…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>Mettre en &amp;pause</translation>
    </message>
    <message>
        <source>Let &amp;go on</source>
        <translation>Repre&amp;ndre</translation>
    </message>
    <message>
        <source>Pull its &amp;images</source>
        <translation>Télécharger ses &amp;images</translation>
    </message>
    <message>
        <source>&amp;Build its images</source>
        <translation>&amp;Construire ses images</translation>
    </message>
    <message>
        <source>Sa&amp;ve the files</source>
        <translation>&amp;Enregistrer les fichiers</translation>
    </message>
    <message>
        <source>Save the dra&amp;wing…</source>
        <translation>Enregistrer le &amp;dessin…</translation>
    </message>
    <message>
        <source>Shows what is in the file and not in what runs</source>
        <translation>Montre ce qui est dans le fichier et pas dans ce qui tourne</translation>
    </message>
    <message>
        <source>Show all of it (0)</source>
        <translation>Tout montrer (0)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Plus près (+)</translation>
    </message>
    <message>
        <source>Farther (−)</source>
        <translation>Plus loin (−)</translation>
    </message>
    <message>
        <source>Save the drawing as SVG or PNG…</source>
        <translation>Enregistrer le dessin en SVG ou PNG…</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>Frise</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environnement</translation>
    </message>
    <message>
        <source>Not applied</source>
        <translation>Non appliqué</translation>
    </message>
    <message>
        <source>Write a service: it is drawn here.</source>
        <translation>Écrivez un service : il est dessiné ici.</translation>
    </message>
    <message>
        <source>Its files are not on this machine.</source>
        <translation>Ses fichiers ne sont pas sur cette machine.</translation>
    </message>
    <message>
        <source>Not applied (%1)</source>
        <translation>Non appliqué (%1)</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n step(s)</source>
        <translation>
            <numerusform>%1 étape sur %n</numerusform>
            <numerusform>%1 étapes sur %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled. What was made is kept: bring the stack up to go on, or take it down.</source>
        <translation>Annulé. Ce qui a été créé est gardé : démarrez la stack pour continuer, ou supprimez-la.</translation>
    </message>
    <message>
        <source>Bring %1 up</source>
        <translation>Démarrer %1</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>Redémarrer %1</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Arrêter %1</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>Mettre en pause %1</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>Reprendre %1</translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation>Journal de %1</translation>
    </message>
    <message>
        <source>Terminal in %1</source>
        <translation>Terminal dans %1</translation>
    </message>
    <message>
        <source>Environment of %1</source>
        <translation>Environnement de %1</translation>
    </message>
    <message>
        <source>Its line in the file</source>
        <translation>Sa ligne dans le fichier</translation>
    </message>
    <message>
        <source>the file has errors</source>
        <translation>le fichier a des erreurs</translation>
    </message>
    <message>
        <source>not brought up</source>
        <translation>pas démarrée</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not applied</source>
        <translation>
            <numerusform>%n changement non appliqué</numerusform>
            <numerusform>%n changements non appliqués</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Appliquer</translation>
    </message>
    <message numerus="yes">
        <source>Take %1 down? %n container(s) and the stack&apos;s networks are removed.</source>
        <translation>
            <numerusform>Supprimer %1 ? %n conteneur et les réseaux de la stack sont supprimés.</numerusform>
            <numerusform>Supprimer %1 ? %n conteneurs et les réseaux de la stack sont supprimés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its volumes stay.</source>
        <translation>Ses volumes demeurent.</translation>
    </message>
    <message>
        <source>Take it down</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove its volumes, too: what is in %1 is lost</source>
        <translation>Supprimer aussi ses volumes : le contenu de %1 est perdu</translation>
    </message>
    <message>
        <source>Save the files</source>
        <translation>Enregistrer les fichiers</translation>
    </message>
    <message>
        <source>Save the drawing</source>
        <translation>Enregistrer le dessin</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Dessin (*.svg)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Image (*.png)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) run</source>
        <translation>
            <numerusform>%n conteneur en cours</numerusform>
            <numerusform>%n conteneurs en cours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ended well</source>
        <translation>
            <numerusform>%n terminé avec succès</numerusform>
            <numerusform>%n terminés avec succès</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n do(es) not run</source>
        <translation>
            <numerusform>%n arrêté</numerusform>
            <numerusform>%n arrêtés</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::StacksList</name>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
</context>
<context>
    <name>escale::gui::StacksPane</name>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Ouvrir…</translation>
    </message>
    <message>
        <source>New from a &amp;sample…</source>
        <translation>Nouvelle à partir d’un e&amp;xemple…</translation>
    </message>
    <message>
        <source>New from &amp;containers…</source>
        <translation>Nouvelle à partir de &amp;conteneurs…</translation>
    </message>
    <message>
        <source>New from a docker &amp;run line…</source>
        <translation>Nouvelle à partir d’une ligne docker &amp;run…</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Autres actions</translation>
    </message>
    <message>
        <source>Open a folder or a Compose file…</source>
        <translation>Ouvrir un dossier ou un fichier Compose…</translation>
    </message>
    <message>
        <source>New stack</source>
        <translation>Nouvelle stack</translation>
    </message>
    <message>
        <source>Run several containers as one</source>
        <translation>Faire tourner plusieurs conteneurs comme un seul</translation>
    </message>
    <message>
        <source>Open a folder with a compose.yaml, drop one here, or begin with a sample that runs without a network.</source>
        <translation>Ouvrez un dossier avec un compose.yaml, déposez-en un ici, ou commencez par un exemple qui fonctionne sans réseau.</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Take a sample…</source>
        <translation>Prendre un exemple…</translation>
    </message>
    <message>
        <source>Stacks</source>
        <translation>Stacks</translation>
    </message>
    <message>
        <source>Filter stacks and services</source>
        <translation>Filtrer les stacks et services</translation>
    </message>
    <message>
        <source>The files of the stack are not saved. Close without saving them?</source>
        <translation>Les fichiers de la stack ne sont pas enregistrés. Fermer sans les enregistrer ?</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Ne pas enregistrer</translation>
    </message>
    <message>
        <source>Read the list of stacks</source>
        <translation>Lire la liste des stacks</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No stack selected</source>
        <translation>Aucune stack sélectionnée</translation>
    </message>
    <message>
        <source>Select one at the left, open a folder with a compose.yaml, or drop one here.</source>
        <translation>Sélectionnez-en une à gauche, ouvrez un dossier avec un compose.yaml, ou déposez-en un ici.</translation>
    </message>
    <message>
        <source>The files of the stack are not saved. Leave without saving them?</source>
        <translation>Les fichiers de la stack ne sont pas enregistrés. Quitter sans les enregistrer ?</translation>
    </message>
    <message>
        <source>there is no Compose file at %1</source>
        <translation>il n’y a pas de fichier Compose à %1</translation>
    </message>
    <message>
        <source>A Compose file is called compose.yaml. The gallery has samples to begin with.</source>
        <translation>Un fichier Compose s’appelle compose.yaml. La galerie propose des exemples pour commencer.</translation>
    </message>
    <message>
        <source>Open a stack</source>
        <translation>Ouvrir une stack</translation>
    </message>
    <message>
        <source>Open a stack: its Compose file</source>
        <translation>Ouvrir une stack : son fichier Compose</translation>
    </message>
    <message>
        <source>Compose files (*.yaml *.yml)</source>
        <translation>Fichiers Compose (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Retirer de la liste</translation>
    </message>
    <message numerus="yes">
        <source>%n stack(s) run</source>
        <translation>
            <numerusform>%n stack en cours</numerusform>
            <numerusform>%n stacks en cours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::StateNote</name>
    <message>
        <source>%1: %2</source>
        <comment>a container and what is wrong with it</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::StatsCharts</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Retenu</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Anonymous</source>
        <translation>Anonyme</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Swap</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Pressure</source>
        <translation>Pression</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Écrit</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>The share of time in which some process had to wait for a processor, for memory or for the disk. Near 0, nothing is short.</source>
        <translation>La part du temps où un processus a dû attendre un processeur, de la mémoire ou le disque. Près de 0, rien ne manque.</translation>
    </message>
    <message>
        <source>This kernel does not tell how long processes wait: that takes cgroup v2 and a kernel with pressure stall information (psi=1).</source>
        <translation>Ce noyau ne dit pas combien de temps les processus attendent&#xa0;: il faut cgroup v2 et un noyau avec les informations de pression (psi=1).</translation>
    </message>
    <message>
        <source>limit %1</source>
        <translation>limite %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::StatsTab</name>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Follow the newest values</source>
        <translation>Suivre les dernières valeurs</translation>
    </message>
    <message>
        <source>Read what the container uses</source>
        <translation>Lire ce que le conteneur consomme</translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation>Changer la limite</translation>
    </message>
    <message>
        <source>Choose a container to see what it uses.</source>
        <translation>Choisissez un conteneur pour voir ce qu’il consomme.</translation>
    </message>
    <message>
        <source>Measuring: the first values come within two seconds.</source>
        <translation>Mesure en cours&#xa0;: les premières valeurs arrivent dans deux secondes.</translation>
    </message>
    <message>
        <source>The container does not run: there is nothing to measure. Start it first.</source>
        <translation>Le conteneur est arrêté&#xa0;: il n’y a rien à mesurer. Démarrez-le d’abord.</translation>
    </message>
    <message>
        <source>The container does not run any more: these are its last values.</source>
        <translation>Le conteneur est arrêté&#xa0;: voici ses dernières valeurs.</translation>
    </message>
    <message>
        <source>Wheel: zoom · drag: move · double click: live</source>
        <translation>Molette&#xa0;: zoom · glisser&#xa0;: déplacer · double clic&#xa0;: en direct</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::StepCostsModel</name>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Instruction</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>escale::gui::StepFiles</name>
    <message>
        <source>Files of the step&apos;s layer</source>
        <translation>Fichiers de la couche de l’instruction</translation>
    </message>
    <message>
        <source>The files cannot be read</source>
        <translation>Les fichiers ne peuvent pas être lus</translation>
    </message>
    <message>
        <source>Reading the files…</source>
        <translation>Lecture des fichiers…</translation>
    </message>
    <message>
        <source>No step is chosen</source>
        <translation>Aucune instruction choisie</translation>
    </message>
    <message>
        <source>Choose one in the graph.</source>
        <translation>Choisissez-en une dans le graphe.</translation>
    </message>
    <message>
        <source>This step changes no file</source>
        <translation>Cette instruction ne change aucun fichier</translation>
    </message>
    <message>
        <source>This step has no layer</source>
        <translation>Cette instruction n’a pas de couche</translation>
    </message>
    <message>
        <source>It gets one when it is done.</source>
        <translation>Elle en aura une quand elle sera finie.</translation>
    </message>
</context>
<context>
    <name>escale::gui::StepPanel</name>
    <message>
        <source>build</source>
        <translation>construction</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Files of its layer</source>
        <translation>Fichiers de sa couche</translation>
    </message>
    <message>
        <source>What each step costs</source>
        <translation>Ce que coûte chaque instruction</translation>
    </message>
    <message>
        <source>What the steps write is shown here.</source>
        <translation>Ce que les instructions écrivent s’affiche ici.</translation>
    </message>
    <message>
        <source>No step is chosen.</source>
        <translation>Aucune instruction n’est choisie.</translation>
    </message>
    <message>
        <source>line %1 · %2</source>
        <translation>ligne %1 · %2</translation>
    </message>
    <message>
        <source>This step has not begun.</source>
        <translation>Cette instruction n’a pas commencé.</translation>
    </message>
    <message>
        <source>Taken from the cache: an earlier build has made the same.</source>
        <translation>Prise du cache : une construction précédente a produit la même chose.</translation>
    </message>
    <message>
        <source>This step has written nothing.</source>
        <translation>Cette instruction n’a rien écrit.</translation>
    </message>
    <message>
        <source>failed step</source>
        <translation>instruction échouée</translation>
    </message>
    <message>
        <source>Terminal in the failed step</source>
        <translation>Terminal dans l’instruction échouée</translation>
    </message>
    <message>
        <source>Close the terminal</source>
        <translation>Fermer le terminal</translation>
    </message>
</context>
<context>
    <name>escale::gui::TagDialog</name>
    <message>
        <source>Write a name.</source>
        <translation>Écrivez un nom.</translation>
    </message>
    <message>
        <source>A name has no digest: leave out what follows the @.</source>
        <translation>Un nom n’a pas d’empreinte : omettez ce qui suit le @.</translation>
    </message>
    <message>
        <source>Tag the image</source>
        <translation>Étiqueter l’image</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Étiqueter</translation>
    </message>
    <message>
        <source>One more name for %1. The image stays one; nothing is copied.</source>
        <translation>Un nom de plus pour %1. L’image reste une seule ; rien n’est copié.</translation>
    </message>
    <message>
        <source>&amp;Name and tag</source>
        <translation>&amp;Nom et étiquette</translation>
    </message>
    <message>
        <source>for example registry.example.org/team/web:1.2</source>
        <translation>par exemple registry.example.org/equipe/web:1.2</translation>
    </message>
    <message>
        <source>It has this name already.</source>
        <translation>Elle a déjà ce nom.</translation>
    </message>
    <message>
        <source>In full: %1</source>
        <translation>En entier : %1</translation>
    </message>
    <message>
        <source>Another image has this name now. The name moves to this one.</source>
        <translation>Une autre image a ce nom à présent. Le nom passe à celle-ci.</translation>
    </message>
</context>
<context>
    <name>escale::gui::TagLayersModel</name>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Instruction</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Besoin</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>est ici</translation>
    </message>
    <message>
        <source>to download</source>
        <translation>à télécharger</translation>
    </message>
</context>
<context>
    <name>escale::gui::TagPanel</name>
    <message>
        <source>Platform</source>
        <translation>Plateforme</translation>
    </message>
    <message>
        <source>Share of the image that is here</source>
        <translation>Part de l’image qui est ici</translation>
    </message>
    <message>
        <source>&amp;Pull</source>
        <translation>&amp;Télécharger</translation>
    </message>
    <message>
        <source>Delete this tag from the registry…</source>
        <translation>Supprimer cette étiquette du registre…</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuration</translation>
    </message>
    <message>
        <source>Choose a tag</source>
        <translation>Choisissez une étiquette</translation>
    </message>
    <message>
        <source>No tag chosen</source>
        <translation>Aucune étiquette choisie</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Its layers show here before anything is downloaded.</source>
        <translation>Ses couches s’affichent ici avant tout téléchargement.</translation>
    </message>
    <message>
        <source>Not for this machine</source>
        <translation>Pas pour cette machine</translation>
    </message>
    <message>
        <source>Choose one of the platforms to see its layers.</source>
        <translation>Choisissez une des plateformes pour voir ses couches.</translation>
    </message>
    <message>
        <source>No layers</source>
        <translation>Aucune couche</translation>
    </message>
    <message>
        <source>The image is empty.</source>
        <translation>L’image est vide.</translation>
    </message>
    <message>
        <source>The tag cannot be read</source>
        <translation>L’étiquette ne peut pas être lue</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>none for this machine</source>
        <translation>aucune pour cette machine</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n couche</numerusform>
            <numerusform>%n couches</numerusform>
        </translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>Point d’entrée</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>root (none is given)</source>
        <translation>root (aucun n’est indiqué)</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>Répertoire de travail</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Stop signal</source>
        <translation>Signal d’arrêt</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Environnement</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Pulls left</source>
        <translation>Téléchargements restants</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n hours</source>
        <translation>
            <numerusform>%1 en %n heure</numerusform>
            <numerusform>%1 en %n heures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::TagsModel</name>
    <message>
        <source>Bytes to download for this machine&apos;s platform, when no layer is here</source>
        <translation>Octets à télécharger pour la plateforme de cette machine, quand aucune couche n’est ici</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>Plateformes</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>not for this machine</source>
        <translation>pas pour cette machine</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Pas encore lu</translation>
    </message>
    <message>
        <source>Uploaded: %1</source>
        <comment>a date</comment>
        <translation>Déposée : %1</translation>
    </message>
    <message>
        <source>Made: %1</source>
        <comment>a date</comment>
        <translation>Créée : %1</translation>
    </message>
</context>
<context>
    <name>escale::gui::TagsView</name>
    <message>
        <source>Tags</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>&amp;Pull</source>
        <translation>&amp;Télécharger</translation>
    </message>
    <message>
        <source>&amp;Copy the name</source>
        <translation>&amp;Copier le nom</translation>
    </message>
    <message>
        <source>Copy the &amp;digest</source>
        <translation>Copier l’&amp;empreinte</translation>
    </message>
    <message>
        <source>De&amp;lete from the registry…</source>
        <translation>Supprimer du re&amp;gistre…</translation>
    </message>
    <message>
        <source>Filter tags</source>
        <translation>Filtrer les étiquettes</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>Aucune étiquette</translation>
    </message>
    <message>
        <source>Nothing in this repository has a name.</source>
        <translation>Rien dans ce dépôt ne porte de nom.</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n étiquette</numerusform>
            <numerusform>%n étiquettes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n tag(s)</source>
        <translation>
            <numerusform>%1 sur %n étiquette</numerusform>
            <numerusform>%1 sur %n étiquettes</numerusform>
        </translation>
    </message>
    <message>
        <source>sizes cannot be read now</source>
        <translation>les tailles ne peuvent pas être lues à présent</translation>
    </message>
    <message>
        <source>%1 read so far</source>
        <translation>%1 lues jusqu’ici</translation>
    </message>
</context>
<context>
    <name>escale::gui::TemplateDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>L&apos;écrire</translation>
    </message>
    <message>
        <source>New Dockerfile from a template</source>
        <translation>Nouveau Dockerfile à partir d&apos;un modèle</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>The template&apos;s Dockerfile</source>
        <translation>Le Dockerfile du modèle</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>&amp;Parcourir…</translation>
    </message>
    <message>
        <source>&amp;Folder of the project</source>
        <translation>Dossier du pro&amp;jet</translation>
    </message>
    <message>
        <source>Folder of the project</source>
        <translation>Dossier du projet</translation>
    </message>
    <message>
        <source>Choose the folder of the project.</source>
        <translation>Choisissez le dossier du projet.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Ce dossier n&apos;existe pas.</translation>
    </message>
    <message>
        <source>Dockerfile and .dockerignore are written into it.</source>
        <translation>Dockerfile et .dockerignore y sont écrits.</translation>
    </message>
    <message>
        <source>Choose the folder of the project</source>
        <translation>Choisir le dossier du projet</translation>
    </message>
    <message>
        <source>The folder has a Dockerfile and a .dockerignore already.</source>
        <translation>Le dossier a déjà un Dockerfile et un .dockerignore.</translation>
    </message>
    <message>
        <source>The folder has a file named %1 already.</source>
        <translation>Le dossier a déjà un fichier nommé %1.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message>
        <source>Write the template</source>
        <translation>Écrire le modèle</translation>
    </message>
</context>
<context>
    <name>escale::gui::TerminalTab</name>
    <message>
        <source>No container selected</source>
        <translation>Aucun conteneur sélectionné</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>The container is paused</source>
        <translation>Le conteneur est en pause</translation>
    </message>
    <message>
        <source>Let it go on, then a shell can be opened in it.</source>
        <translation>Faites-le reprendre, un interpréteur pourra alors y être ouvert.</translation>
    </message>
    <message>
        <source>The container does not run</source>
        <translation>Le conteneur n’est pas en marche</translation>
    </message>
    <message>
        <source>Start it with the button above, then open a shell in it.</source>
        <translation>Démarrez-le avec le bouton ci-dessus, puis ouvrez-y un interpréteur.</translation>
    </message>
</context>
<context>
    <name>escale::gui::TerminalView</name>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Tab belongs to the program; Ctrl+Tab goes on to the next element.</source>
        <translation>La touche Tab appartient au programme&#xa0;; Ctrl+Tab passe à l’élément suivant.</translation>
    </message>
    <message>
        <source>Ctrl+click opens %1</source>
        <translation>Ctrl+clic ouvre %1</translation>
    </message>
    <message>
        <source>Open the link</source>
        <translation>Ouvrir le lien</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>C&amp;oller</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Tout sélectionner</translation>
    </message>
    <message>
        <source>Forget what has scrolled away</source>
        <translation>Oublier ce qui a défilé</translation>
    </message>
</context>
<context>
    <name>escale::gui::TimelineTab</name>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Waited for</source>
        <translation>A attendu</translation>
    </message>
    <message>
        <source>Steps of what was done</source>
        <translation>Étapes de ce qui a été fait</translation>
    </message>
</context>
<context>
    <name>escale::gui::TimelineView</name>
    <message>
        <source>Time line: what was done when, and who waited for whom</source>
        <translation>Frise : ce qui a été fait quand, et qui a attendu qui</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Bring the stack up: who waits for whom is drawn here.</source>
        <translation>Démarrez la stack : qui attend qui est dessiné ici.</translation>
    </message>
</context>
<context>
    <name>escale::gui::TopologyPage</name>
    <message>
        <source>Show all of it (0)</source>
        <translation>Tout montrer (0)</translation>
    </message>
    <message>
        <source>Nearer (+)</source>
        <translation>Plus près (+)</translation>
    </message>
    <message>
        <source>Farther (−)</source>
        <translation>Plus loin (−)</translation>
    </message>
    <message>
        <source>Show moving packets</source>
        <translation>Montrer les paquets en mouvement</translation>
    </message>
    <message>
        <source>Save as SVG or PNG…</source>
        <translation>Enregistrer en SVG ou PNG…</translation>
    </message>
    <message>
        <source>Read the interfaces</source>
        <translation>Lire les interfaces</translation>
    </message>
    <message>
        <source>Save the topology</source>
        <translation>Enregistrer la topologie</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Dessin (*.svg)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>Image (*.png)</translation>
    </message>
    <message>
        <source>&amp;Connect to a network…</source>
        <translation>&amp;Connecter à un réseau…</translation>
    </message>
    <message>
        <source>&amp;Disconnect from %1</source>
        <translation>&amp;Déconnecter de %1</translation>
    </message>
    <message>
        <source>&amp;Show the container</source>
        <translation>&amp;Montrer le conteneur</translation>
    </message>
    <message>
        <source>&amp;Connect a container…</source>
        <translation>&amp;Connecter un conteneur…</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Déconnecter</translation>
    </message>
    <message>
        <source>Show &amp;all of it</source>
        <translation>&amp;Tout montrer</translation>
    </message>
    <message>
        <source>Save as SVG or PN&amp;G…</source>
        <translation>Enre&amp;gistrer en SVG ou PNG…</translation>
    </message>
</context>
<context>
    <name>escale::gui::TopologyPanel</name>
    <message>
        <source>RULES OF NFTABLES</source>
        <translation>RÈGLES DE NFTABLES</translation>
    </message>
    <message>
        <source>Reading the rules…</source>
        <translation>Lecture des règles…</translation>
    </message>
    <message>
        <source>Who can reach a port?</source>
        <translation>Qui peut joindre un port&#xa0;?</translation>
    </message>
    <message>
        <source>No container that runs publishes a port: nobody gets in from outside.</source>
        <translation>Aucun conteneur qui tourne ne publie de port&#xa0;: personne n’entre de l’extérieur.</translation>
    </message>
    <message>
        <source>HOW TO READ IT</source>
        <translation>COMMENT LE LIRE</translation>
    </message>
    <message>
        <source>Each network has a colour; dots are its packets on their way, faster where there are more. A container in several networks is drawn once, with a line to each.</source>
        <translation>Chaque réseau a sa couleur&#xa0;; les points sont ses paquets en route, plus rapides là où il y en a plus. Un conteneur dans plusieurs réseaux est dessiné une fois, avec une ligne vers chacun.</translation>
    </message>
    <message>
        <source>Drag a container onto a network to connect it; pull a line off into the empty to disconnect it. Click a line for its traffic and its rules.</source>
        <translation>Glissez un conteneur sur un réseau pour le connecter&#xa0;; tirez une ligne dans le vide pour le déconnecter. Cliquez une ligne pour son trafic et ses règles.</translation>
    </message>
    <message>
        <source>Keys: arrows from part to part, Space along the lines of one, Enter opens it, Delete disconnects a line, + and − zoom, 0 shows all.</source>
        <translation>Touches&#xa0;: flèches d’un élément à l’autre, Espace le long de ses lignes, Entrée l’ouvre, Suppr déconnecte une ligne, + et − zooment, 0 montre tout.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Extérieur</translation>
    </message>
    <message>
        <source>What this machine reaches through its interfaces, and what may reach it.</source>
        <translation>Ce que cet ordinateur joint par ses interfaces, et ce qui peut le joindre.</translation>
    </message>
    <message>
        <source>Interface of this machine</source>
        <translation>Interface de cet ordinateur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>up</source>
        <translation>active</translation>
    </message>
    <message>
        <source>down</source>
        <translation>inactive</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>matériel</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>MAC</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Rejetés</translation>
    </message>
    <message numerus="yes">
        <source>%n packet(s)</source>
        <translation>
            <numerusform>%n paquet</numerusform>
            <numerusform>%n paquets</numerusform>
        </translation>
    </message>
    <message>
        <source>The kernel&apos;s forwarding, with nftables</source>
        <translation>Le routage du noyau, avec nftables</translation>
    </message>
    <message>
        <source>Packets between a bridge and the outside pass here: published ports get their new destination (DNAT), what leaves gets this machine&apos;s address (masquerade), and what belongs to another network is dropped. Escale&apos;s rules stand in a table of its own.</source>
        <translation>Les paquets entre un pont et l’extérieur passent ici&#xa0;: les ports publiés reçoivent leur nouvelle destination (DNAT), ce qui sort reçoit l’adresse de cet ordinateur (mascarade), et ce qui est d’un autre réseau est rejeté. Les règles d’Escale sont dans une table à part.</translation>
    </message>
    <message>
        <source>Containers that have a loopback alone, or share the network of this machine or of another container.</source>
        <translation>Conteneurs qui n’ont qu’une boucle locale, ou partagent le réseau de cet ordinateur ou d’un autre conteneur.</translation>
    </message>
    <message>
        <source>Network · %1</source>
        <translation>Réseau · %1</translation>
    </message>
    <message>
        <source>Subnet</source>
        <translation>Sous-réseau</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Passerelle</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
    <message>
        <source>NAMES IN ITS DNS</source>
        <translation>NOMS DANS SON DNS</translation>
    </message>
    <message>
        <source>Connect a container…</source>
        <translation>Connecter un conteneur…</translation>
    </message>
    <message>
        <source>Container, a network namespace of its own</source>
        <translation>Conteneur, un espace de noms réseau à lui</translation>
    </message>
    <message>
        <source>outside: %1</source>
        <translation>dehors&#xa0;: %1</translation>
    </message>
    <message>
        <source>Connect to a network…</source>
        <translation>Connecter à un réseau…</translation>
    </message>
    <message>
        <source>Show the container</source>
        <translation>Montrer le conteneur</translation>
    </message>
    <message>
        <source>WHO CAN REACH ITS PORTS</source>
        <translation>QUI PEUT JOINDRE SES PORTS</translation>
    </message>
    <message>
        <source>Published port %1</source>
        <translation>Port publié %1</translation>
    </message>
    <message>
        <source>WHO CAN REACH IT</source>
        <translation>QUI PEUT LE JOINDRE</translation>
    </message>
    <message>
        <source>The engine does not know.</source>
        <translation>Le moteur ne le sait pas.</translation>
    </message>
    <message>
        <source>Asking the engine…</source>
        <translation>Question au moteur…</translation>
    </message>
    <message>
        <source>What this interface sends and receives</source>
        <translation>Ce que cette interface envoie et reçoit</translation>
    </message>
    <message>
        <source>Forwarded between this interface and the bridges</source>
        <translation>Transmis entre cette interface et les ponts</translation>
    </message>
    <message>
        <source>What the bridge and the outside exchange</source>
        <translation>Ce qu’échangent le pont et l’extérieur</translation>
    </message>
    <message>
        <source>Its containers stand on this interface&apos;s own network</source>
        <translation>Ses conteneurs sont sur le réseau de cette interface</translation>
    </message>
    <message>
        <source>What comes for this port gets the container as its destination (DNAT)</source>
        <translation>Ce qui vient pour ce port reçoit le conteneur pour destination (DNAT)</translation>
    </message>
    <message>
        <source>A veth pair: a cable with an end here and one in the container</source>
        <translation>Une paire veth&#xa0;: un câble avec un bout ici et un dans le conteneur</translation>
    </message>
    <message>
        <source>An interface of the driver %1 in the container</source>
        <translation>Une interface du pilote %1 dans le conteneur</translation>
    </message>
    <message>
        <source>In the container</source>
        <translation>Dans le conteneur</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Sur cet ordinateur</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Déconnecter</translation>
    </message>
    <message>
        <source>Nothing is counted here.</source>
        <translation>Rien n’est compté ici.</translation>
    </message>
    <message>
        <source>in %1 (%2), out %3 (%4), dropped %5</source>
        <translation>reçu %1 (%2), envoyé %3 (%4), rejeté %5</translation>
    </message>
</context>
<context>
    <name>escale::gui::TopologyScene</name>
    <message>
        <source>no traffic</source>
        <translation>pas de trafic</translation>
    </message>
</context>
<context>
    <name>escale::gui::TopologyView</name>
    <message>
        <source>Topology of the networks</source>
        <translation>Topologie des réseaux</translation>
    </message>
    <message>
        <source>Arrows go from part to part, Space along its connections, plus and minus zoom, 0 shows all of it.</source>
        <translation>Les flèches vont d’un élément à l’autre, Espace le long de ses liaisons, plus et moins zooment, 0 montre tout.</translation>
    </message>
</context>
<context>
    <name>escale::gui::TransferBar</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::UsageView</name>
    <message>
        <source>Images in use</source>
        <translation>Images utilisées</translation>
    </message>
    <message>
        <source>Images that no container uses</source>
        <translation>Images qu’aucun conteneur n’utilise</translation>
    </message>
    <message>
        <source>Files of containers</source>
        <translation>Fichiers des conteneurs</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Journaux</translation>
    </message>
    <message>
        <source>Read the disk usage</source>
        <translation>Lire l’espace disque</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Remove unused images…</source>
        <translation>Supprimer les images inutilisées…</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Calcul…</translation>
    </message>
    <message>
        <source>%1 on the disk</source>
        <translation>%1 sur le disque</translation>
    </message>
    <message>
        <source>stopped containers hold %1</source>
        <translation>les conteneurs arrêtés retiennent %1</translation>
    </message>
    <message>
        <source>not all containers&apos; files were counted: that takes too long</source>
        <translation>les fichiers de certains conteneurs n’ont pas été comptés : cela prend trop de temps</translation>
    </message>
</context>
<context>
    <name>escale::gui::UsedByTab</name>
    <message>
        <source>Read the list of containers</source>
        <translation>Lire la liste des conteneurs</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Containers of the image</source>
        <translation>Conteneurs de l’image</translation>
    </message>
    <message>
        <source>No image selected</source>
        <translation>Aucune image sélectionnée</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>Reading the containers…</source>
        <translation>Lecture des conteneurs…</translation>
    </message>
    <message>
        <source>No container uses this image</source>
        <translation>Aucun conteneur n’utilise cette image</translation>
    </message>
    <message>
        <source>It can be removed without a container missing it.</source>
        <translation>Elle peut être supprimée sans manquer à un conteneur.</translation>
    </message>
</context>
<context>
    <name>escale::gui::UsersModel</name>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Fait de</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
</context>
<context>
    <name>escale::gui::VerifyDialog</name>
    <message>
        <source>Damaged images</source>
        <translation>Images endommagées</translation>
    </message>
    <message>
        <source>Mend by pulling again</source>
        <translation>Réparer en téléchargeant à nouveau</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of your images are not what was pulled: the disk has changed them, or somebody has. Mending downloads what is damaged again, and nothing else.</source>
        <translation>
            <numerusform>%n partie de vos images n’est pas ce qui a été téléchargé : le disque l’a changée, ou quelqu’un. La réparation télécharge à nouveau ce qui est endommagé, et rien d’autre.</numerusform>
            <numerusform>%n parties de vos images ne sont pas ce qui a été téléchargé : le disque les a changées, ou quelqu’un. La réparation télécharge à nouveau ce qui est endommagé, et rien d’autre.</numerusform>
        </translation>
    </message>
    <message>
        <source>What is damaged</source>
        <translation>Ce qui est endommagé</translation>
    </message>
    <message>
        <source>No image of yours needs them.</source>
        <translation>Aucune de vos images n’en a besoin.</translation>
    </message>
</context>
<context>
    <name>escale::gui::VerifyModel</name>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
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
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Document</source>
        <comment>a manifest or a configuration</comment>
        <translation>Document</translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumeActions</name>
    <message>
        <source>&amp;New volume…</source>
        <translation>&amp;Nouveau volume…</translation>
    </message>
    <message>
        <source>&amp;Run a container with it…</source>
        <translation>&amp;Lancer un conteneur avec…</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Lancer…</translation>
    </message>
    <message>
        <source>&amp;Go to the container that uses it</source>
        <translation>A&amp;ller au conteneur qui l’utilise</translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation>&amp;Sauvegarder…</translation>
    </message>
    <message>
        <source>Restore a back-&amp;up…</source>
        <translation>&amp;Restaurer une sauvegarde…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Restaurer…</translation>
    </message>
    <message>
        <source>Count its &amp;size</source>
        <translation>&amp;Compter sa taille</translation>
    </message>
    <message>
        <source>Count &amp;all sizes</source>
        <translation>Compter &amp;toutes les tailles</translation>
    </message>
    <message>
        <source>&amp;Copy the name</source>
        <translation>&amp;Copier le nom</translation>
    </message>
    <message>
        <source>Show &amp;unused ones only</source>
        <translation>N’afficher que les &amp;inutilisés</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Inutilisés</translation>
    </message>
    <message>
        <source>Remove unuse&amp;d volumes…</source>
        <translation>Supprimer les volumes inutilisé&amp;s…</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>Suppri&amp;mer…</translation>
    </message>
    <message>
        <source>%1 is backed up in %2.</source>
        <translation>%1 est sauvegardé dans %2.</translation>
    </message>
    <message>
        <source>The volume %1 was made. Run a container with it, or drop files into it.</source>
        <translation>Le volume %1 est créé. Lancez un conteneur avec, ou déposez-y des fichiers.</translation>
    </message>
    <message>
        <source>Run a container with %1</source>
        <translation>Lancer un conteneur avec %1</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Exécuter %1</translation>
    </message>
    <message>
        <source>Count what is in volumes</source>
        <translation>Compter le contenu des volumes</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>Restaurer %1</translation>
    </message>
    <message>
        <source>%1 holds now what the back-up holds.</source>
        <translation>%1 contient maintenant ce que contient la sauvegarde.</translation>
    </message>
    <message>
        <source>Nothing was removed: every volume is in use by now.</source>
        <translation>Rien n’a été supprimé&#xa0;: chaque volume est maintenant utilisé.</translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s) removed, %1 are free again.</source>
        <translation>
            <numerusform>%n volume supprimé, %1 de nouveau libres.</numerusform>
            <numerusform>%n volumes supprimés, %1 de nouveau libres.</numerusform>
        </translation>
    </message>
    <message>
        <source>it is used by: %1</source>
        <translation>il est utilisé par&#xa0;: %1</translation>
    </message>
    <message>
        <source>A volume stays as long as a container has it, also a stopped one. Remove these first.</source>
        <translation>Un volume reste tant qu’un conteneur l’a, même arrêté. Supprimez d’abord ceux-ci.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Supprimer %1</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>Afficher %1</translation>
    </message>
    <message>
        <source>Remove the volume %1 with all that is in it?</source>
        <translation>Supprimer le volume %1 avec tout son contenu&#xa0;?</translation>
    </message>
    <message>
        <source>Remove the volume %1? Its files stay where they are (%2): only the name goes.</source>
        <translation>Supprimer le volume %1&#xa0;? Ses fichiers restent où ils sont (%2)&#xa0;: seul le nom part.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumeArchives</name>
    <message>
        <source>Back up %1</source>
        <translation>Sauvegarder %1</translation>
    </message>
    <message>
        <source>Backing up %1 to %2</source>
        <translation>Sauvegarde de %1 dans %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumeTabs</name>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Utilisée par</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Containers that have the volume</source>
        <translation>Conteneurs qui ont le volume</translation>
    </message>
    <message>
        <source>&amp;Go to the container</source>
        <translation>A&amp;ller au conteneur</translation>
    </message>
    <message>
        <source>No volume selected</source>
        <translation>Aucun volume sélectionné</translation>
    </message>
    <message>
        <source>Select one above.</source>
        <translation>Sélectionnez-en un ci-dessus.</translation>
    </message>
    <message>
        <source>No container has it</source>
        <translation>Aucun conteneur ne l’a</translation>
    </message>
    <message>
        <source>Nothing happens to its files until one does, or until you remove it.</source>
        <translation>Il n’arrive rien à ses fichiers d’ici là, ou jusqu’à ce que vous le supprimiez.</translation>
    </message>
    <message>
        <source>Run a container with it…</source>
        <translation>Lancer un conteneur avec…</translation>
    </message>
    <message>
        <source>Used by (%1)</source>
        <translation>Utilisé par (%1)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Anonymous</source>
        <translation>Anonyme</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>%1, counted %2</source>
        <translation>%1, compté %2</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Last use</source>
        <translation>Dernier usage</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problème</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Créé par</translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumeUsersModel</name>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Path inside</source>
        <translation>Chemin à l’intérieur</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en marche</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>reads only</source>
        <translation>lit seulement</translation>
    </message>
    <message>
        <source>reads and writes</source>
        <translation>lit et écrit</translation>
    </message>
    <message>
        <source>%1, %2, at %3, %4</source>
        <translation>%1, %2, dans %3, %4</translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumesModel</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Utilisée par</translation>
    </message>
    <message>
        <source>Last use</source>
        <translation>Dernier usage</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>calcul…</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Compter</translation>
    </message>
    <message>
        <source>Click to count its bytes and files.</source>
        <translation>Cliquez pour compter ses octets et ses fichiers.</translation>
    </message>
    <message>
        <source>%1, counted %2</source>
        <translation>%1, compté %2</translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumesPane</name>
    <message>
        <source>Volumes</source>
        <translation>Volumes</translation>
    </message>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
    <message>
        <source>Filter volumes</source>
        <translation>Filtrer les volumes</translation>
    </message>
    <message>
        <source>Read the list of volumes</source>
        <translation>Lire la liste des volumes</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Reading the volumes…</source>
        <translation>Lecture des volumes…</translation>
    </message>
    <message>
        <source>No volumes yet</source>
        <translation>Pas encore de volume</translation>
    </message>
    <message>
        <source>A volume keeps files when containers go: databases, uploads, what programs must not forget. Make one here, or name one when you run a container.</source>
        <translation>Un volume garde les fichiers quand les conteneurs partent&#xa0;: bases de données, fichiers reçus, tout ce qu’un programme ne doit pas oublier. Créez-en un ici, ou nommez-en un en lançant un conteneur.</translation>
    </message>
    <message>
        <source>New volume…</source>
        <translation>Nouveau volume…</translation>
    </message>
    <message>
        <source>Restore a back-up…</source>
        <translation>Restaurer une sauvegarde…</translation>
    </message>
    <message>
        <source>Every volume has a container</source>
        <translation>Chaque volume a un conteneur</translation>
    </message>
    <message>
        <source>Nothing lies about unused.</source>
        <translation>Rien ne traîne inutilisé.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>No volume matches the filter</source>
        <translation>Aucun volume ne correspond au filtre</translation>
    </message>
    <message>
        <source>Write less into it.</source>
        <translation>Écrivez-y moins.</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CgroupView</name>
    <message numerus="yes">
        <source>%n process(es) in it</source>
        <translation>
            <numerusform>%n process in it</numerusform>
            <numerusform>%n processes in it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more below: the table has them</source>
        <translation>
            <numerusform>and %n more below: the table has it</numerusform>
            <numerusform>and %n more below: the table has them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayersText</name>
    <message numerus="yes">
        <source>The image has %n layer(s). They are read-only, and all containers of the image use the same ones: starting another container copies nothing.</source>
        <translation>
            <numerusform>The image has one layer. It is read-only, and all containers of the image use the same one: starting another container copies nothing.</numerusform>
            <numerusform>The image has %n layers. They are read-only, and all containers of the image use the same ones: starting another container copies nothing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LifeView</name>
    <message numerus="yes">
        <source>%1: from %2 to %3, %n time(s), last at %4</source>
        <translation>
            <numerusform>%1: from %2 to %3, once, at %4</numerusform>
            <numerusform>%1: from %2 to %3, %n times, last at %4</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more: the table has them</source>
        <translation>
            <numerusform>and %n more: the table has it</numerusform>
            <numerusform>and %n more: the table has them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It happened %n time(s), last at %1.</source>
        <translation>
            <numerusform>It happened once, at %1.</numerusform>
            <numerusform>It happened %n times, last at %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n zombie(s) among its processes:</source>
        <translation>
            <numerusform>%n zombie among its processes:</numerusform>
            <numerusform>%n zombies among its processes:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MakingView</name>
    <message numerus="yes">
        <source>%1: %n step(s), %2</source>
        <translation>
            <numerusform>%1: one step, %2</numerusform>
            <numerusform>%1: %n steps, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This is what was really done when %1 was started last: %n step(s) in &lt;b&gt;%2&lt;/b&gt;, some %3 system calls.</source>
        <translation>
            <numerusform>This is what was really done when %1 was started last: one step in &lt;b&gt;%2&lt;/b&gt;, some %3 system calls.</numerusform>
            <numerusform>This is what was really done when %1 was started last: %n steps in &lt;b&gt;%2&lt;/b&gt;, some %3 system calls.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) had been done before, for another container, and took no time.</source>
        <translation>
            <numerusform>One step had been done before, for another container, and took no time.</numerusform>
            <numerusform>%n steps had been done before, for another container, and took no time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MountText</name>
    <message numerus="yes">
        <source>%n layers of the image, the container&apos;s own on top</source>
        <translation>
            <numerusform>%n layer of the image, the container&apos;s own on top</numerusform>
            <numerusform>%n layers of the image, the container&apos;s own on top</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n mounts, each of which puts a file system on a folder.</source>
        <translation>
            <numerusform>%1 has %n mount, which puts a file system on a folder.</numerusform>
            <numerusform>%1 has %n mounts, each of which puts a file system on a folder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The engine made them in a new mount namespace, then moved the root there (pivot_root) and took away all the machine&apos;s: %n file systems that are not seen inside.</source>
        <translation>
            <numerusform>The engine made them in a new mount namespace, then moved the root there (pivot_root) and took away all the machine&apos;s: %n file system that is not seen inside.</numerusform>
            <numerusform>The engine made them in a new mount namespace, then moved the root there (pivot_root) and took away all the machine&apos;s: %n file systems that are not seen inside.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are hidden as a whole; they are drawn dashed.</source>
        <translation>
            <numerusform>%n of them is hidden as a whole; it is drawn dashed.</numerusform>
            <numerusform>%n of them are hidden as a whole; they are drawn dashed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MountsView</name>
    <message numerus="yes">
        <source>and %n more that it sees nothing of</source>
        <translation>
            <numerusform>and %n more that it sees nothing of</numerusform>
            <numerusform>and %n more that it sees nothing of</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamespacesText</name>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n semaphores</source>
        <translation>
            <numerusform>%n semaphore</numerusform>
            <numerusform>%n semaphores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has %n mounts.</source>
        <translation>
            <numerusform>It has %n mount.</numerusform>
            <numerusform>It has %n mounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them cannot be reached: another one lies over them.</source>
        <translation>
            <numerusform>%n of them cannot be reached: another one lies over it.</numerusform>
            <numerusform>%n of them cannot be reached: another one lies over them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One process with %n numbers, from the inside outward: %1. Each pid namespace around it counts it, none further in does.</source>
        <translation>
            <numerusform>One process with %n number, from the inside outward: %1. Each pid namespace around it counts it, none further in does.</numerusform>
            <numerusform>One process with %n numbers, from the inside outward: %1. Each pid namespace around it counts it, none further in does.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamespacesView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Container %1, %n processes.</source>
        <translation>
            <numerusform>Container %1, %n process.</numerusform>
            <numerusform>Container %1, %n processes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This machine, with %n running containers.</source>
        <translation>
            <numerusform>This machine, with %n running container.</numerusform>
            <numerusform>This machine, with %n running containers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PressStory</name>
    <message numerus="yes">
        <source>It ran against the limit %n time(s). Each time the kernel takes back what it can get again (reclaim): page cache first.</source>
        <translation>
            <numerusform>It ran against the limit once. Then the kernel takes back what it can get again (reclaim): page cache first.</numerusform>
            <numerusform>It ran against the limit %n times. Each time the kernel takes back what it can get again (reclaim): page cache first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has %n processes and threads. There is no limit.</source>
        <translation>
            <numerusform>It has %n process. There is no limit.</numerusform>
            <numerusform>It has %n processes and threads. There is no limit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) a further one was refused: fork() has failed with EAGAIN. Those that are there go on; nothing is ended.</source>
        <translation>
            <numerusform>A further one was refused: fork() has failed with EAGAIN. Those that are there go on; nothing is ended.</numerusform>
            <numerusform>%n times a further one was refused: fork() has failed with EAGAIN. Those that are there go on; nothing is ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsView</name>
    <message numerus="yes">
        <source>%n filters</source>
        <translation>
            <numerusform>%n filter</numerusform>
            <numerusform>%n filters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>root was once a yes to everything. Linux has cut it into %n capabilities, and the kernel asks for one of them at each privileged act.</source>
        <translation>
            <numerusform>root was once a yes to everything. Linux has cut it into %n capability, and the kernel asks for one of them at each privileged act.</numerusform>
            <numerusform>root was once a yes to everything. Linux has cut it into %n capabilities, and the kernel asks for one of them at each privileged act.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SightsView</name>
    <message numerus="yes">
        <source>Of %1 questions, %n are answered with yes.</source>
        <translation>
            <numerusform>Of %1 questions, %n is answered with yes.</numerusform>
            <numerusform>Of %1 questions, %n are answered with yes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StacksModel</name>
    <message numerus="yes">
        <source>%1 of %n container(s) run</source>
        <translation>
            <numerusform>%1 of %n container runs</numerusform>
            <numerusform>%1 of %n containers run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) run</source>
        <translation>
            <numerusform>%n container runs</numerusform>
            <numerusform>%n containers run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Topology</name>
    <message numerus="yes">
        <source>DNS: %n name(s)</source>
        <translation>
            <numerusform>DNS: %n name</numerusform>
            <numerusform>DNS: %n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UserIdsView</name>
    <message numerus="yes">
        <source>%n ids in a row</source>
        <translation>
            <numerusform>%n id in a row</numerusform>
            <numerusform>%n ids in a row</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VolumeText</name>
    <message numerus="yes">
        <source>%1 in %n file(s)</source>
        <translation>
            <numerusform>%1 in %n file</numerusform>
            <numerusform>%1 in %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WayBack</name>
    <message numerus="yes">
        <source>start %n container(s)</source>
        <translation>
            <numerusform>start %n container</numerusform>
            <numerusform>start %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>stop %n container(s)</source>
        <translation>
            <numerusform>stop %n container</numerusform>
            <numerusform>stop %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>pause %n container(s)</source>
        <translation>
            <numerusform>pause %n container</numerusform>
            <numerusform>pause %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>unpause %n container(s)</source>
        <translation>
            <numerusform>unpause %n container</numerusform>
            <numerusform>unpause %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) were started.</source>
        <translation>
            <numerusform>%n container was started.</numerusform>
            <numerusform>%n containers were started.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) were stopped.</source>
        <translation>
            <numerusform>%n container was stopped.</numerusform>
            <numerusform>%n containers were stopped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) were paused.</source>
        <translation>
            <numerusform>%n container was paused.</numerusform>
            <numerusform>%n containers were paused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) go on.</source>
        <translation>
            <numerusform>%n container goes on.</numerusform>
            <numerusform>%n containers go on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::BuildPage</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::CacheTab</name>
    <message numerus="yes">
        <source>%n entry(ies), %1</source>
        <translation>
            <numerusform>%n entry, %1</numerusform>
            <numerusform>%n entries, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) removed, %1 are free again.</source>
        <translation>
            <numerusform>%n entry removed, %1 are free again.</numerusform>
            <numerusform>%n entries removed, %1 are free again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::CommandLine</name>
    <message numerus="yes">
        <source>and %n more note(s)</source>
        <translation>
            <numerusform>and %n more note</numerusform>
            <numerusform>and %n more notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ComposeProblemsPanel</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerActions</name>
    <message numerus="yes">
        <source>%n container(s) are removed with all files written in them when they stop. Stop them?</source>
        <translation>
            <numerusform>%n container are removed with all files written in them when they stop. Stop them?</numerusform>
            <numerusform>%n containers are removed with all files written in them when they stop. Stop them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n container(s) with all files written in them?</source>
        <translation>
            <numerusform>Remove %n container with all files written in them?</numerusform>
            <numerusform>Remove %n containers with all files written in them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them run(s) and will be killed.</source>
        <translation>
            <numerusform>%n of them run and will be killed.</numerusform>
            <numerusform>%n of them runs and will be killed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also its %n anonymous volume(s), with all that is in them</source>
        <translation>
            <numerusform>Also its anonymous volume, with all that is in it</numerusform>
            <numerusform>Also the %n anonymous volumes, with all that is in them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerCells</name>
    <message numerus="yes">
        <source>%n unhealthy</source>
        <translation>
            <numerusform>%n unhealthy</numerusform>
            <numerusform>%n unhealthy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restart(s)</source>
        <translation>
            <numerusform>%n restart</numerusform>
            <numerusform>%n restarts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainerState</name>
    <message numerus="yes">
        <source>Its restart policy has started it again %n time(s).</source>
        <translation>
            <numerusform>Its restart policy has started it again %n time.</numerusform>
            <numerusform>Its restart policy has started it again %n times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ContainersPane</name>
    <message numerus="yes">
        <source>%n container(s)</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FileEdits</name>
    <message numerus="yes">
        <source>Remove %1 and %n more from %2?</source>
        <translation>
            <numerusform>Remove %1 and one more from %2?</numerusform>
            <numerusform>Remove %1 and %n more from %2?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s) go with all that is in them.</source>
        <translation>
            <numerusform>%n folder goes with all that is in it.</numerusform>
            <numerusform>%n folders go with all that is in them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FileSearchDialog</name>
    <message numerus="yes">
        <source>Searching… %n file(s) so far</source>
        <translation>
            <numerusform>Searching… %n file so far</numerusform>
            <numerusform>Searching… %n files so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n file(s); write more of the name to see others.</source>
        <translation>
            <numerusform>The first file; write more of the name to see others.</numerusform>
            <numerusform>The first %n files; write more of the name to see others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FileTransfers</name>
    <message numerus="yes">
        <source>%n device(s), pipe(s) or socket(s) were left out</source>
        <translation>
            <numerusform>%n device, pipe or socket were left out</numerusform>
            <numerusform>%n devices, pipes or sockets were left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Uploading %n file(s) and folder(s) to %1</source>
        <translation>
            <numerusform>Uploading %n file and folder to %1</numerusform>
            <numerusform>Uploading %n files and folders to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FilesModel</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::FilesTab</name>
    <message numerus="yes">
        <source>only the first %n file(s) are shown</source>
        <translation>
            <numerusform>only the first %n file are shown</numerusform>
            <numerusform>only the first %n files are shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them are in %1 already: they are replaced, and folders are joined.</source>
        <translation>
            <numerusform>%n of them are in %1 already: they are replaced, and folders are joined.</numerusform>
            <numerusform>%n of them are in %1 already: they are replaced, and folders are joined.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::Format</name>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n second ago</numerusform>
            <numerusform>%n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n month ago</numerusform>
            <numerusform>%n months ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n year ago</numerusform>
            <numerusform>%n years ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::GalleryDialog</name>
    <message numerus="yes">
        <source>%n file(s) are written into it.</source>
        <translation>
            <numerusform>%n file is written into it.</numerusform>
            <numerusform>%n files are written into it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::HealthTab</name>
    <message numerus="yes">
        <source>%1 of the last %n probe(s) passed</source>
        <translation>
            <numerusform>%1 of the last %n probe passed</numerusform>
            <numerusform>%1 of the last %n probes passed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::HistoryTab</name>
    <message numerus="yes">
        <source>Remove %n build(s) from the history, with log and settings? Images and cache stay.</source>
        <translation>
            <numerusform>Remove a build from the history, with log and settings? Images and cache stay.</numerusform>
            <numerusform>Remove %n builds from the history, with log and settings? Images and cache stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ImageActions</name>
    <message numerus="yes">
        <source>%1 was pushed: %2 sent, %n layer(s) were there already.</source>
        <translation>
            <numerusform>%1 was pushed: %2 sent, %n layer was there already.</numerusform>
            <numerusform>%1 was pushed: %2 sent, %n layers were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %n image(s) in one archive</source>
        <translation>
            <numerusform>Save %n image in one archive</numerusform>
            <numerusform>Save %n images in one archive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) of images removed, %1 freed.</source>
        <translation>
            <numerusform>%n name of an image removed, %1 freed.</numerusform>
            <numerusform>%n names of images removed, %1 freed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n name(s) of images?</source>
        <translation>
            <numerusform>Remove %n name of an image?</numerusform>
            <numerusform>Remove %n names of images?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) go with them.</source>
        <translation>
            <numerusform>%n image goes with them.</numerusform>
            <numerusform>%n images go with them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ImageRepair</name>
    <message numerus="yes">
        <source>%n image(s) were mended.</source>
        <translation>
            <numerusform>%n image was mended.</numerusform>
            <numerusform>%n images were mended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::ImagesPane</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::InspectModel</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::InspectTab</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::JobsDrawer</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::LayersTab</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::LintPanel</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n piece(s) of advice</source>
        <translation>
            <numerusform>%n piece of advice</numerusform>
            <numerusform>%n pieces of advice</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::LogView</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Follow · %Ln new line(s)</source>
        <translation>
            <numerusform>Follow · %Ln new line</numerusform>
            <numerusform>Follow · %Ln new lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::NetworkActions</name>
    <message numerus="yes">
        <source>Remove %n network(s) that no container is in: %1?</source>
        <translation>
            <numerusform>Remove %n network that no container is in: %1?</numerusform>
            <numerusform>Remove %n networks that no container is in: %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::NetworksPane</name>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>%n network</numerusform>
            <numerusform>%n networks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::Progress</name>
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>%n s left</numerusform>
            <numerusform>%n s left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>%n h left</numerusform>
            <numerusform>%n h left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PruneCacheDialog</name>
    <message numerus="yes">
        <source>%n entry(ies) go, %1 become free.</source>
        <translation>
            <numerusform>%n entry goes, %1 become free.</numerusform>
            <numerusform>%n entries go, %1 become free.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PruneDialog</name>
    <message numerus="yes">
        <source>%n image(s), up to %1 on the disk</source>
        <translation>
            <numerusform>%n image, up to %1 on the disk</numerusform>
            <numerusform>%n images, up to %1 on the disk</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n image(s)</source>
        <translation>
            <numerusform>Remove %n image</numerusform>
            <numerusform>Remove %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PruneVolumesDialog</name>
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
            <numerusform> and what is in %n that is not counted yet</numerusform>
            <numerusform> and what is in %n that are not counted yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n volume(s)</source>
        <translation>
            <numerusform>Remove %n volume</numerusform>
            <numerusform>Remove %n volumes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::PullCost</name>
    <message numerus="yes">
        <source>all %n layer(s) are here</source>
        <translation>
            <numerusform>its only layer is here</numerusform>
            <numerusform>all %n layers are here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s), none of them here</source>
        <translation>
            <numerusform>%n layer, which is not here</numerusform>
            <numerusform>%n layers, none of them here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %1: %2 of %n layer(s) are here</source>
        <translation>
            <numerusform>of %1: %2 of %n layer is here</numerusform>
            <numerusform>of %1: %2 of %n layers are here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::Recreate</name>
    <message numerus="yes">
        <source>the new container did not become healthy within %n second(s)</source>
        <translation>
            <numerusform>the new container did not become healthy within %n second</numerusform>
            <numerusform>the new container did not become healthy within %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::RegistryPane</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::RepositoryPage</name>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::StackPage</name>
    <message numerus="yes">
        <source>%1 of %n step(s)</source>
        <translation>
            <numerusform>%1 of %n step</numerusform>
            <numerusform>%1 of %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not applied</source>
        <translation>
            <numerusform>%n change not applied</numerusform>
            <numerusform>%n changes not applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %1 down? %n container(s) and the stack&apos;s networks are removed.</source>
        <translation>
            <numerusform>Take %1 down? %n container and the stack&apos;s networks are removed.</numerusform>
            <numerusform>Take %1 down? %n containers and the stack&apos;s networks are removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n container(s) run</source>
        <translation>
            <numerusform>%n container runs</numerusform>
            <numerusform>%n containers run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ended well</source>
        <translation>
            <numerusform>%n ended well</numerusform>
            <numerusform>%n ended well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n do(es) not run</source>
        <translation>
            <numerusform>%n does not run</numerusform>
            <numerusform>%n do not run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::StacksPane</name>
    <message numerus="yes">
        <source>%n stack(s) run</source>
        <translation>
            <numerusform>%n stack runs</numerusform>
            <numerusform>%n stacks run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::TagPanel</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n hours</source>
        <translation>
            <numerusform>%1 in %n hour</numerusform>
            <numerusform>%1 in %n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::TagsView</name>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n tag(s)</source>
        <translation>
            <numerusform>%1 of %n tag</numerusform>
            <numerusform>%1 of %n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::TopologyPanel</name>
    <message numerus="yes">
        <source>%n packet(s)</source>
        <translation>
            <numerusform>%n packet</numerusform>
            <numerusform>%n packets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::VerifyDialog</name>
    <message numerus="yes">
        <source>%n part(s) of your images are not what was pulled: the disk has changed them, or somebody has. Mending downloads what is damaged again, and nothing else.</source>
        <translation>
            <numerusform>%n part of your images is not what was pulled: the disk has changed it, or somebody has. Mending downloads what is damaged again, and nothing else.</numerusform>
            <numerusform>%n parts of your images are not what was pulled: the disk has changed them, or somebody has. Mending downloads what is damaged again, and nothing else.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumeActions</name>
    <message numerus="yes">
        <source>%n volume(s) removed, %1 are free again.</source>
        <translation>
            <numerusform>%n volume removed, %1 are free again.</numerusform>
            <numerusform>%n volumes removed, %1 are free again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>escale::gui::VolumesPane</name>
    <message numerus="yes">
        <source>%n volume(s)</source>
        <translation>
            <numerusform>%n volume</numerusform>
            <numerusform>%n volumes</numerusform>
        </translation>
    </message>
</context>
</TS>

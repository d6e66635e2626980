<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <message numerus="yes">
        <source>%1 in %n hours</source>
        <translation>
            <numerusform>%1 in %n hour</numerusform>
            <numerusform>%1 in %n hours</numerusform>
        </translation>
    </message>
</context>
</TS>

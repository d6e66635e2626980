// What a script made of a start's record (made_script.h) has of functions that are the same in each: text of
// /bin/sh, and of perl where the kernel is spoken to without a tool. For made_script.cpp alone.
#pragma once

namespace escale::by_hand {

inline constexpr const char* kOutsideFunctions = R"sh(
# A place to work: a file system in memory, which goes as a whole at the end. tmpfs(5)
make_room() {
    WORK=$(mktemp -d "/run/$NAME.XXXXXX")
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mount -t tmpfs -o mode=711 by-hand "$WORK"
    mkdir -m 711 "$WORK/layers" "$WORK/mounts" "$WORK/files" "$WORK/rootfs"
    cp "$0" "$WORK/script"
    chmod 644 "$WORK/script"
}
)sh";

inline constexpr const char* kShift = R"sh(
# Writes the lines of an id map, given as 0:100000:65536,… user_namespaces(7)
write_map() { # MAP FILE
    echo "$1" | tr ':,' ' \n' > "$2"
}

# Shows FOLDER at TARGET with other owners: who is 0 on the disk is MAP's first id there. The map is that of a user
# namespace, which a sleeping process holds; mount(8) of util-linux 2.39 can do it, before that three system calls.
# mount_setattr(2), open_tree(2), move_mount(2)
shift_ids() { # FOLDER TARGET MAP GROUP-MAP
    unshare --user sleep 60 &
    holder=$!
    until [ "$(readlink "/proc/$holder/ns/user")" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.01; done
    write_map "$3" "/proc/$holder/uid_map"
    write_map "$4" "/proc/$holder/gid_map"
    mount --bind -o "X-mount.idmap=/proc/$holder/ns/user" "$1" "$2"
    if ! tail -n 1 /proc/self/mountinfo | grep -q idmapped; then
        umount "$2"
        perl -e '
            my ($folder, $target, $users) = @ARGV;
            my ($here, $nothing) = (-100, "");                               # AT_FDCWD
            open(my $map, "<", $users) or die "$users: $!\n";
            my $tree = syscall(428, $here, $folder, 0x80001);                # open_tree: OPEN_TREE_CLONE | CLOEXEC
            my $attributes = pack("QQQQ", 0x100000, 0, 0, fileno($map));     # MOUNT_ATTR_IDMAP
            syscall(442, $tree, $nothing, 0x1000, $attributes, 32) == 0      # mount_setattr: AT_EMPTY_PATH
                && syscall(429, $tree, $nothing, $here, $target, 4) == 0     # move_mount: MOVE_MOUNT_F_EMPTY_PATH
                or die "cannot shift the owners of $folder: $!\n";
        ' -- "$1" "$2" "/proc/$holder/ns/user"
    fi
    { kill "$holder" && wait "$holder"; } 2> /dev/null || :
}
)sh";

inline constexpr const char* kPrepare = R"sh(
# Shows SOURCE at $WORK/mounts/NUMBER, with these options. As root of the machine, who may look into every folder,
# and before the container's own mount namespace is made, which begins as a copy of this one. mount(8)
prepare() { # NUMBER --bind|--rbind SOURCE OPTIONS
    if [ -d "$3" ]; then mkdir "$WORK/mounts/$1"; else : > "$WORK/mounts/$1"; fi
    mount "$2" "$3" "$WORK/mounts/$1"
    [ -z "$4" ] || mount -o "remount,bind,$4" "$WORK/mounts/$1"
}
)sh";

inline constexpr const char* kGroup = R"sh(
# Makes our group in one hierarchy. In version 2 a controller is passed down first (it is on where Escale has run); in
# version 1 a group may use no processor before it is told which. cgroups(7)
group() { # MOUNT-POINT CONTROLLER…
    GROUP=$1/$NAME
    mkdir "$GROUP"
    echo "$GROUP" >> "$WORK/groups"
    if [ -e "$1/cpuset.sched_load_balance" ]; then
        cat "$1/cpuset.cpus" > "$GROUP/cpuset.cpus"
        cat "$1/cpuset.mems" > "$GROUP/cpuset.mems"
    fi
    control=$1/cgroup.subtree_control
    shift
    for controller in "$@"; do
        if [ -e "$control" ]; then echo "+$controller" > "$control"; fi
    done
}
)sh";

inline constexpr const char* kDeviceRule = R"sh(
# Says which devices may be used. Version 2 has no file for that: a program for the kernel's BPF decides, which a shell
# cannot write, so that all may be there. cgroups(7)
device_rule() { # allow|deny RULE
    if [ -e "$GROUP/devices.$1" ]; then echo "$2" > "$GROUP/devices.$1"; fi
}
)sh";

inline constexpr const char* kAt = R"sh(
# Sets AT to where a path of the container is, seen from here. Links are followed as in the container, so that none
# leads out; what is missing is made: a folder, or an empty file. path_resolution(7)
at() { # folder|file|nothing PATH
    left=$2
    inside=
    links=0
    while [ -n "$left" ]; do
        part=${left%%/*}
        case $left in */*) left=${left#*/} ;; *) left= ;; esac
        case $part in
        '' | .) continue ;;
        ..) inside=${inside%/*} && continue ;;
        esac
        AT=$ROOT$inside/$part
        if [ -L "$AT" ]; then
            links=$((links + 1))
            if [ "$links" -gt 40 ]; then echo "too many links at $2" >&2 && exit 1; fi
            link=$(readlink "$AT")
            case $link in /*) inside= ;; esac
            left=$link/$left
            continue
        elif [ -e "$AT" ]; then
            :
        elif [ "$1" = nothing ]; then
            return 1
        elif [ "$1" = file ] && [ -z "$left" ]; then
            : > "$AT"
        else
            mkdir "$AT"
        fi
        inside=$inside/$part
    done
    AT=$ROOT$inside
}

# Shows what was prepared as NUMBER at PATH of the container. mount(8)
attach() { # NUMBER PATH
    if [ -d "$WORK/mounts/$1" ]; then at folder "$2"; else at file "$2"; fi
    mount --rbind "$WORK/mounts/$1" "$AT"
}
)sh";

inline constexpr const char* kMask = R"sh(
# Hides a path behind nothing: a file behind /dev/null, a folder behind an empty one. mount(8)
mask() { # PATH
    at nothing "$1" || return 0
    if [ -d "$AT" ]; then
        mount -t tmpfs -o ro,nosuid,nodev,noexec,mode=555,size=4k tmpfs "$AT"
    else
        mount --rbind "$WORK/mounts/null" "$AT"
    fi
}
)sh";

inline constexpr const char* kReadonly = R"sh(
# Shows a path on itself, read-only, with all that is mounted there. mount(8), findmnt(8)
read_only() { # PATH
    at nothing "$1" || return 0
    mount --rbind "$AT" "$AT"
    findmnt --raw --noheadings --output TARGET --submounts "$AT" | sed 's/\\x20/ /g' | while IFS= read -r below; do
        mount -o remount,bind,ro "$below"
    done
}
)sh";

inline constexpr const char* kCleanUp = R"sh(
# Takes everything down, also what was made by half. Nothing else is touched: what was made has been noted.
clean_up() {
    status=$?
    trap '' HUP INT TERM
    trap - EXIT
    set +e
    if [ -n "$OUTSIDE" ]; then kill -KILL "$OUTSIDE" && wait "$OUTSIDE"; fi 2> /dev/null
    if [ -e "$WORK/links" ]; then
        while read -r link; do ip link delete dev "$link"; done < "$WORK/links" 2> /dev/null
    fi
    if [ -e "$WORK/tables" ]; then
        while read -r family table; do nft delete table "$family" "$table"; done < "$WORK/tables"
    fi
    if [ -e "$WORK/groups" ]; then
        while read -r group; do end_group "$group"; done < "$WORK/groups"
    fi
    umount --lazy "$WORK"
    rmdir "$WORK"
    exit "$status"
}

# Ends all processes of a group, then the group: it can go when the last one has. cgroups(7)
end_group() { # FOLDER
    case $1 in
    /*/"$NAME") ;;
    *) return ;;
    esac
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        find "$1" -name cgroup.procs -exec cat {} + 2> /dev/null | while read -r process; do
            kill -KILL "$process"
        done
        if find "$1" -depth -type d -exec rmdir {} + 2> /dev/null; then return; fi
        sleep 0.1
    done
    echo "cannot remove the cgroup $1" >&2
}
)sh";

// perl has chroot, chdir and exec, and speaks to the kernel where a shell has no word.
inline constexpr const char* kBecome = R"sh(
        use strict;
        my $machine = shift;
        my @names = qw(pivot_root umount2 prctl capset setgroups setresgid setresuid);
        my %numbers;
        @numbers{@names} = $machine eq "x86_64" ? (155, 166, 157, 126, 116, 119, 117) : (41, 39, 167, 91, 159, 149, 147);
        $machine =~ /^(x86_64|aarch64|riscv64|loongarch64)$/ or die "other system calls on $machine: syscalls(2)\n";
        sub call {
            my ($name, @arguments) = @_;
            syscall($numbers{$name}, @arguments) != -1 or die "$name: $!\n";
        }
)sh";

} // namespace escale::by_hand

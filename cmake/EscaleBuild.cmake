# Flags every target shares, and the few functions the folders' CMakeLists use.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# All programs land in one folder, so that each finds the others beside it when run from the build tree.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
                    $<$<COMPILE_LANGUAGE:CXX>:-Woverloaded-virtual> -Wcast-qual
                    -Wno-missing-field-initializers)
add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> -fstack-protector-strong)
# GCC 12 takes QHash's "no memory yet" for an allocation of 2^64-1 bytes when it optimises across files.
add_link_options($<$<CONFIG:Release>:-Wno-alloc-size-larger-than>)
add_compile_definitions(QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS)
include_directories(${CMAKE_SOURCE_DIR})

find_program(CCACHE ccache)
if(CCACHE)
    # Without these ccache caches nothing that uses a precompiled header, and nothing across two checkouts.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()

set(ESCALE_SANITIZE "" CACHE STRING "address,undefined or thread")
if(ESCALE_SANITIZE)
    add_compile_options(-fsanitize=${ESCALE_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${ESCALE_SANITIZE})
endif()

# escale_library(name SOURCES… ): a static library; link its dependencies with target_link_libraries.
function(escale_library name)
    add_library(${name} STATIC ${ARGN})
endfunction()

# escale_tests(program SOURCES…): adds test classes to one of the test programs (tests/CMakeLists.txt). Each source
# x_test.cpp holds one QObject class and ESCALE_TEST(Class); CTest gets one entry a class, named program.Class.
function(escale_tests program)
    foreach(source ${ARGN})
        target_sources(${program} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${source})
        file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/${source} line REGEX "^ESCALE_TEST\\(")
        string(REGEX REPLACE "^ESCALE_TEST\\(([A-Za-z0-9_]+)\\).*" "\\1" class "${line}")
        add_test(NAME ${program}.${class} COMMAND ${program} ${class})
        set_tests_properties(${program}.${class} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77)
    endforeach()
endfunction()

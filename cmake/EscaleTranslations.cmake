# escale_translations(target name folder LANGUAGES… [ALSO FILES…]): compiles folder/<name>_<language>.ts into the target under :/i18n; ALSO
# names files outside this folder that hold texts. Makes
#   <target>_update_translations  writes new and changed strings into the .ts files (the person then translates them)
#   check-translations, also the test translations: fails on unfinished entries, and when lupdate would change a file
# qt_add_translations changed its signature in Qt 6.7; lupdate and lrelease themselves did not, so they are called here.
find_program(ESCALE_LUPDATE lupdate HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} /usr/lib/qt6/bin REQUIRED)
find_program(ESCALE_LRELEASE lrelease HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} /usr/lib/qt6/bin REQUIRED)

function(escale_translations target name folder)
    set(compiled "")
    set(catalogues "")
    cmake_parse_arguments(PARSE_ARGV 3 given "" "" "ALSO")
    foreach(language ${given_UNPARSED_ARGUMENTS})
        set(catalogue ${folder}/${name}_${language}.ts)
        set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}_${language}.qm)
        add_custom_command(OUTPUT ${output} COMMAND ${ESCALE_LRELEASE} -silent ${catalogue} -qm ${output}
                           DEPENDS ${catalogue} VERBATIM)
        list(APPEND compiled ${output})
        list(APPEND catalogues ${catalogue})
    endforeach()
    qt_add_resources(${target} ${target}_i18n PREFIX /i18n BASE ${CMAKE_CURRENT_BINARY_DIR} FILES ${compiled})
    string(REPLACE ";" "|" catalogues "${catalogues}") # one argument
    list(JOIN given_ALSO "|" also)
    set(arguments -DLUPDATE=${ESCALE_LUPDATE} -DINCLUDE=${CMAKE_SOURCE_DIR} "-DSOURCES=${CMAKE_CURRENT_SOURCE_DIR}|${also}" "-DCATALOGUES=${catalogues}")
    add_custom_target(${target}_update_translations
                      COMMAND ${CMAKE_COMMAND} ${arguments} -DUPDATE=ON -P ${CMAKE_SOURCE_DIR}/cmake/CheckTranslations.cmake
                      VERBATIM)
    set(check ${CMAKE_COMMAND} ${arguments} -DFOLDER=${CMAKE_CURRENT_BINARY_DIR}/check-translations
              -P ${CMAKE_SOURCE_DIR}/cmake/CheckTranslations.cmake)
    add_custom_target(check-translations COMMAND ${check} VERBATIM)
    add_test(NAME translations COMMAND ${check})
endfunction()

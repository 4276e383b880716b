# Compiles text files in: writes OUT, which includes INCLUDE and defines ARRAY[] with a row { name, text, bytes } for each
# of FILES in the order of their names, and ARRAY_count. TYPE is the row's struct.
list(SORT FILES)
set(count 0)
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} body HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," body "${body}")
  string(APPEND bodies "static const unsigned char text_${count}[] = { ${body}0x00 };\n")
  string(APPEND rows "    { \"${name}\", (const char *)text_${count}, sizeof(text_${count}) - 1 },\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUT} "#include \"${INCLUDE}\"\n\n${bodies}\nconst struct ${TYPE} ${ARRAY}[] = {\n${rows}};\nconst int ${ARRAY}_count = ${count};\n")

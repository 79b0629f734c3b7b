package io.larder.url;

/**
 * One parameter of a URL, as its README table and its error messages tell it.
 *
 * @param name as it is written, lower case with hyphens
 * @param expects what its value looks like, with an example
 * @param standard what holds when it is left out
 * @param meaning one sentence
 */
public record Parameter(String name, String expects, String standard, String meaning) {}

#!/usr/bin/perl
# Prints a quotation of the folder, or with --count how many there are.
use strict;
use warnings;

my $folder = $ENV{QUOTES} // '/usr/share/quotes';
my @quotes;
for my $file (sort glob "$folder/*.txt") {
    open my $lines, '<', $file or die "$file: $!\n";
    push @quotes, grep { /\S/ } <$lines>;
}
print @ARGV && $ARGV[0] eq '--count' ? scalar(@quotes) . "\n" : $quotes[rand @quotes];

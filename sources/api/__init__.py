"""The sources over REST, and the HTTP classes that both apps share."""

# Makes a role and a database for each file in /databases, named and with the password as the file says. Safe to repeat.
set -eu
until pg_isready --quiet --timeout=5; do sleep 1; done
for file in "${DATABASES:-/databases}"/*; do
    name=$(basename "$file")
    echo "$name"
    # On standard input, as no argument shows passwords.
    {
        printf '\\set name %s\n' "$name"
        printf "\\\\set password \`cat %s\`\n" "$file"
        cat <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'name', :'name')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
    } | psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1
done
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --command='REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
